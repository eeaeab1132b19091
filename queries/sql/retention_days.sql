SELECT
    merchant_id,
    person,
    day,
    multiIf(
        {by:String} = 'portal', toString(portal),
        {by:String} = 'terminal', toString(terminal),
        {by:String} = 'store', store_id,
        {by:String} = 'campaign', campaign_id,
        ''
    ) AS value,
    if({activity:String} = 'paying', payments, visits) AS times,
    net
FROM user_days
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT merchants.merchant_id FROM merchants WHERE merchants.industry = {industry:String}))
    AND day >= {from:Date}
    AND day < {until:Date}
    AND if({activity:String} = 'paying', payments > 0, visited)
ORDER BY merchant_id, person, day
