INSERT INTO conversion_sums_by_run (merchant_id, run, day, by_portal, portal, visits, converted, gross, net, users, vv, vc, cc)
SELECT
    m.merchant_id,
    1,
    {last:Date} - d.number,
    p.number > 0,
    p.number,
    100,
    10,
    1000,
    900,
    80,
    150,
    15,
    12
FROM (SELECT merchant_id FROM merchants_settled ORDER BY merchant_id) AS m
CROSS JOIN (SELECT number FROM numbers(9)) AS p
CROSS JOIN (SELECT number FROM numbers({days:UInt64})) AS d
