WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    s.day AS day,
    s.before AS before,
    s.stage AS stage,
    s.possible AS possible,
    sum(s.records) AS records
FROM coupon_transitions AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= m.begun
GROUP BY day, before, stage, possible
