WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    m.currency AS currency,
    s.day AS day,
    toUInt8(s.channel) AS channel_number,
    sum(s.last_touch_weight) AS last_touch_weight,
    sum(s.first_touch_weight) AS first_touch_weight,
    sum(s.linear_weight) AS linear_weight,
    sum(s.position_weight) AS position_weight,
    sum(s.time_decay_weight) AS time_decay_weight,
    sum(s.shapley_weight) AS shapley_weight,
    toDecimal64(sum(s.last_touch), 2) AS last_touch,
    toDecimal64(sum(s.first_touch), 2) AS first_touch,
    toDecimal64(sum(s.linear), 2) AS linear,
    toDecimal64(sum(s.position), 2) AS position,
    toDecimal64(sum(s.time_decay), 2) AS time_decay,
    toDecimal64(sum(s.shapley), 2) AS shapley
FROM credit_sums AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= m.begun
GROUP BY currency, day, channel_number
