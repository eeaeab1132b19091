SELECT
    industry AS merchant_id,
    value,
    day,
    arraySlice(d.back, 1, {to_n:UInt8} + 1) AS back,
    arraySlice(d.first, 1, {to_n:UInt8} + 1) AS first
FROM retention_distinct AS d
WHERE
    if({by:String} = 'industry' AND {industry:String} = '', industry != '', industry = {industry:String})
    AND period = {period:String}
    AND cohort = {cohort:String}
    AND activity = {activity:String}
    AND by = {stored:String}
    AND day >= {from:Date}
    AND day < {until:Date}
ORDER BY merchant_id
