SELECT
    m.merchant_id AS merchant_id,
    m.time_zone AS time_zone,
    m.industry AS industry,
    m.city AS city,
    m.currency AS currency,
    d.first_day AS first_day
FROM merchants AS m
LEFT JOIN (
    SELECT
        merchant_id,
        minIf(day, entries + orders > 0) AS first_day
    FROM merchant_days
    WHERE merchant_id = {merchant:String}
    GROUP BY merchant_id
) AS d ON d.merchant_id = m.merchant_id
WHERE
    ({merchant:String} = '' OR m.merchant_id = {merchant:String})
    AND ({industry:String} = '' OR m.industry = {industry:String})
ORDER BY merchant_id
