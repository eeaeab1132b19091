-- How the coupons that were first seen on a day stand: all that any day changed.
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
            AND ({currency:String} = '' OR m.currency = {currency:String})
    )
SELECT
    s.first_day AS day,
    multiIf(
        {by:String} = 'campaign', s.campaign_id,
        {by:String} = 'kind', toString(s.kind),
        {by:String} = 'placement', if(s.placement = '', 'other', toString(s.placement)),
        ''
    ) AS value,
    sum(s.issued) AS issued,
    sum(s.claimed) AS claimed,
    sum(s.gifted) AS gifted,
    sum(s.received) AS received,
    sum(s.redeemed) AS redeemed,
    sum(s.returned) AS returned,
    sum(s.expired) + sumIf(s.open, s.expiry_day <= m.closed) AS expired,
    sum(s.voided) AS voided,
    sumIf(s.open, s.expiry_day > m.closed) AS live,
    sum(s.broken) + sumIf(s.held, s.expiry_day <= m.closed) AS breakage,
    sum(s.impossible) AS impossible
FROM coupon_sums AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.first_day >= {from:Date}
    AND s.first_day < {to:Date}
    AND s.first_day <= m.begun
GROUP BY day, value
HAVING issued > 0 OR received > 0
