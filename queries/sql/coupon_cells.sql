WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    s.day AS day,
    if(s.placement = '', 'other', toString(s.placement)) AS placement,
    sum(s.issued) AS issued,
    sum(s.claimed) AS claimed,
    sum(s.gifted) AS gifted,
    sum(s.redeemed) AS redeemed,
    sum(s.returned) AS returned,
    sum(s.expired) + sumIf(s.pending, s.expiry_day <= m.closed) AS expired,
    sum(s.voided) AS voided,
    sumIf(s.pending, s.expiry_day > m.closed) AS live
FROM coupon_sums AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= m.begun
GROUP BY day, placement
