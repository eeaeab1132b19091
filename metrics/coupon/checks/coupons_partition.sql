-- stop: coupons issued or received were given away, redeemed, expired or voided, or are open
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    concat('records of the day: ', toString(sum(s.issued + s.received)), ' more coupons') AS expected,
    concat('records of the day: ', toString(sum(s.gifted + s.redeemed + s.expired + s.voided + s.open)), ' more in one of the states') AS found
FROM coupon_sums_by_run AS s
INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
GROUP BY s.merchant_id, s.day
HAVING sum(s.issued + s.received) != sum(s.gifted + s.redeemed + s.expired + s.voided + s.open)
ORDER BY merchant_id, day
