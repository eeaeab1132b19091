SELECT
    merchant_id,
    person,
    start
FROM visits
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT merchants.merchant_id FROM merchants WHERE merchants.industry = {industry:String}))
    AND day >= {from:Date}
    AND day < {until:Date}
ORDER BY merchant_id, person, start
