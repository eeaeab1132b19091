SELECT count() AS n
FROM system.parts
WHERE database = currentDatabase() AND table = 'every_type' AND active
