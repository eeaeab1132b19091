INSERT INTO loop_sums_by_run (merchant_id, run, day, paid, claimed, kept, came_back, redeemed, paid_again, paid_again_not_claimed)
SELECT
    m.merchant_id,
    1,
    {last:Date} - d.number,
    50,
    20,
    5,
    10,
    6,
    15,
    7
FROM (SELECT merchant_id FROM merchants_settled ORDER BY merchant_id) AS m
CROSS JOIN (SELECT number FROM numbers({days:UInt64})) AS d
