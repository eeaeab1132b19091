SELECT
    name AS view,
    comment
FROM system.tables
WHERE database = currentDatabase() AND engine = 'View'
