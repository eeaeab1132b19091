-- stop: a merchant has one row a day, and a transaction one payment
SELECT
    merchant_id,
    day,
    concat(name, ': one row') AS expected,
    concat(toString(rows), ' rows') AS found
FROM (
    SELECT
        s.merchant_id AS merchant_id,
        s.day AS day,
        'merchant_days' AS name,
        count() AS rows
    FROM merchant_days_by_run AS s
    INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
    WHERE s.run = {run:UInt64}
    GROUP BY s.merchant_id, s.day
    UNION ALL
    SELECT
        s.merchant_id,
        min(s.day),
        concat('payments, transaction ', s.transaction_id),
        count()
    FROM payments_by_run AS s
    INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
    WHERE s.run = {run:UInt64} AND s.transaction_id != ''
    GROUP BY s.merchant_id, s.transaction_id
)
WHERE rows > 1
ORDER BY merchant_id, day
