-- How many coupons were redeemed, or seen no longer, how many days after their
-- claim. Those that nothing ended are seen up to the last closed day.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    multiIf(
        {by:String} = 'campaign', s.campaign_id,
        {by:String} = 'kind', toString(s.kind),
        {by:String} = 'placement', if(s.placement = '', 'other', toString(s.placement)),
        ''
    ) AS value,
    toInt32(ends.1) AS age,
    sum(ends.2) AS redeemed,
    sum(ends.3) AS censored
FROM coupon_curves AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
ARRAY JOIN [
    (toInt64(s.age), s.redeemed, s.left),
    (toInt64(m.closed - s.claim_day), toInt64(0), toInt64(s.claims - s.redeemed - s.left))
] AS ends
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.claim_day >= {from:Date}
    AND s.claim_day < {to:Date}
    AND s.day <= m.closed
GROUP BY value, age
HAVING redeemed != 0 OR censored != 0
