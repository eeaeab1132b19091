SELECT
    run,
    published_at AS published,
    watermark,
    as_of,
    (SELECT toInt64(count()) FROM merchants) AS merchants
FROM publications
WHERE merchant_id = ''
ORDER BY run DESC
LIMIT 1
