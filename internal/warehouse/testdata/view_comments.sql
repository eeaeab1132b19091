SELECT comment
FROM
(
    SELECT 0 AS place, name AS view, '' AS column, comment
    FROM system.tables
    WHERE database = currentDatabase() AND engine = 'View'
    UNION ALL
    SELECT position AS place, table AS view, name AS column, comment
    FROM system.columns
    WHERE database = currentDatabase() AND table = 'a_colors'
)
ORDER BY view, place
