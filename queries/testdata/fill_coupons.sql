INSERT INTO coupon_sums_by_run (merchant_id, run, day, first_day, placement, campaign_id, kind, expiry_day, issued, claimed, redeemed, open, held)
SELECT
    m.merchant_id,
    1,
    {last:Date} - d.number,
    {last:Date} - d.number,
    p.number + 1,
    'spring',
    'voucher',
    {last:Date} - d.number + 30,
    20,
    10,
    5,
    15,
    5
FROM (SELECT merchant_id FROM merchants_settled ORDER BY merchant_id) AS m
CROSS JOIN (SELECT number FROM numbers(3)) AS p
CROSS JOIN (SELECT number FROM numbers({days:UInt64})) AS d
