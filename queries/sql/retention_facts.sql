SELECT
    merchant_id,
    person,
    first_visit,
    first_paying,
    register,
    multiIf(
        {by:String} = 'portal', toString(portal),
        {by:String} = 'terminal', toString(terminal),
        {by:String} = 'store', store_id,
        {by:String} = 'campaign', campaign_id,
        {by:String} = 'paid_first', if(first_visit_paid, 'true', 'false'),
        ''
    ) AS value
FROM first_days
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT merchants.merchant_id FROM merchants WHERE merchants.industry = {industry:String}))
    AND (
        {cohort:String} = 'all'
        OR if({activity:String} = 'paying', first_paying, first_visit) BETWEEN {from:Date} AND {until:Date}
    )
ORDER BY merchant_id, person
