INSERT INTO merchant_days_by_run (merchant_id, run, day, orders, buyers, gross, refunds, entries, visits, visitors, new_visitors, registered)
SELECT
    m.merchant_id,
    1,
    {last:Date} - d.number,
    50,
    40,
    1000,
    10,
    500,
    100,
    80,
    20,
    5
FROM (SELECT merchant_id FROM merchants_settled ORDER BY merchant_id) AS m
CROSS JOIN (SELECT number FROM numbers({days:UInt64})) AS d
