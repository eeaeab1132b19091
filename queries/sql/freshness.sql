SELECT
    p.run AS run,
    p.published_at AS published,
    p.watermark AS watermark,
    p.as_of AS as_of,
    known.merchants AS merchants
FROM publications AS p
CROSS JOIN (
    SELECT toInt64(count()) AS merchants
    FROM current_runs
    WHERE merchant_id != ''
) AS known
WHERE p.merchant_id = ''
ORDER BY p.run DESC
LIMIT 1
