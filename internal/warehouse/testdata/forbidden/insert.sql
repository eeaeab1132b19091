INSERT INTO every_type (number) SELECT 1
