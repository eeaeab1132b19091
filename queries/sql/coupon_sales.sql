-- What came of the coupons that were first seen on a day.
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
    toInt64(sumIf(s.kept, s.day + {repurchase_days:UInt16} <= m.closed)) AS followed,
    toInt64(sumIf(s.repurchased, s.day + {repurchase_days:UInt16} <= m.closed)) AS repurchased,
    toInt64(sum(s.orders)) AS orders,
    toDecimal64(sum(s.cost), 2) AS cost,
    toDecimal64(sum(s.net), 2) AS net
FROM coupon_sales AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.first_day >= {from:Date}
    AND s.first_day < {to:Date}
    AND s.first_day <= m.begun
GROUP BY day, value
