SELECT
    run,
    watermark,
    as_of,
    settled_version,
    definition_version,
    published_at
FROM publications
WHERE merchant_id = ''
ORDER BY run DESC
LIMIT 1
