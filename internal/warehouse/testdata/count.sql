SELECT count() AS n
FROM every_type
