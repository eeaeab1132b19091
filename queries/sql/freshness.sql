SELECT
    p.run AS run,
    p.published_at AS published,
    p.watermark AS watermark,
    p.as_of AS as_of,
    toInt64(m.merchants) AS merchants
FROM publications AS p
CROSS JOIN (SELECT count() AS merchants FROM merchants) AS m
WHERE p.merchant_id = ''
ORDER BY p.run DESC
LIMIT 1
