WITH
    s.expiry_day <= transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS ended
SELECT
    s.day AS day,
    if(s.placement = '', 'other', toString(s.placement)) AS placement,
    sum(s.issued) AS issued,
    sum(s.claimed) AS claimed,
    sum(s.gifted) AS gifted,
    sum(s.redeemed) AS redeemed,
    sum(s.returned) AS returned,
    sum(s.expired) + sumIf(s.pending, ended) AS expired,
    sum(s.voided) AS voided,
    sumIf(s.pending, NOT ended) AS live
FROM coupon_sums AS s
INNER JOIN merchants AS m ON m.merchant_id = s.merchant_id
WHERE
    (s.merchant_id, s.run) IN (SELECT merchant_id, run FROM current_runs)
    AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND ({industry:String} = '' OR m.industry = {industry:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0))
GROUP BY day, placement
