SELECT off, sealed
FROM {table:Identifier}
WHERE status = 'refused'
ORDER BY part, off
