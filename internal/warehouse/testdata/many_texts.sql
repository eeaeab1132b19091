SELECT
    toString(number) AS text,
    [toString(number)] AS texts
FROM system.numbers
LIMIT 1000
