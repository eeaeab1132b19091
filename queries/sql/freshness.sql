SELECT
    p.run AS run,
    p.published_at AS published,
    p.watermark AS watermark,
    p.as_of AS as_of,
    toInt64(m.merchants) AS merchants
FROM published_runs AS p
CROSS JOIN (SELECT count() AS merchants FROM merchants) AS m
ORDER BY p.run DESC
LIMIT 1
