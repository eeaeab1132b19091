TRUNCATE TABLE every_type
