SELECT
    table AS view,
    name,
    type,
    comment
FROM system.columns
WHERE
    database = currentDatabase()
    AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View')
ORDER BY view, position
