SELECT
    m.merchant_id AS merchant_id,
    m.industry AS industry,
    m.city AS city,
    m.time_zone AS time_zone,
    m.settlement_days AS settlement_days,
    m.store_ids AS store_ids,
    m.store_cities AS store_cities,
    s.runs AS runs,
    s.froms AS froms,
    s.untils AS untils
FROM merchants AS m
LEFT JOIN (
    SELECT
        merchant_id,
        groupArray(run) AS runs,
        groupArray(from_span) AS froms,
        groupArray(until_span) AS untils
    FROM current_spans
    GROUP BY merchant_id
) AS s ON s.merchant_id = m.merchant_id
WHERE
    ({merchant:String} = '' OR m.merchant_id = {merchant:String})
    AND ({industry:String} = '' OR m.industry = {industry:String})
