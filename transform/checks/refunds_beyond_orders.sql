-- warn: refunds do not exceed what was paid; the excess is kept out of every figure
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    concat('transaction ', s.transaction_id, ': at most ', toString(s.amount), ' ', s.currency) AS expected,
    concat('refunds of ', toString(s.amount + s.excess_refund)) AS found
FROM payments_by_run AS s
INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
WHERE s.run = {run:UInt64} AND s.excess_refund > 0
ORDER BY merchant_id, day
