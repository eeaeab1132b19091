SELECT
    merchant_id,
    value,
    day,
    arraySlice(s.back, 1, {to_n:UInt8} + 1) AS back,
    arraySlice(s.first, 1, {to_n:UInt8} + 1) AS first
FROM retention_sums AS s
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT merchants.merchant_id FROM merchants WHERE merchants.industry = {industry:String}))
    AND period = {period:String}
    AND cohort = {cohort:String}
    AND activity = {activity:String}
    AND by = {stored:String}
    AND day >= {from:Date}
    AND day < {until:Date}
ORDER BY merchant_id
