-- The visits of a scope in the order in which people made them, and those after
-- the range that can take a payment over from one in it. They are read in the
-- order in which they lie. Rows of other publications and of spans that a later
-- run made anew are left to the reader: a join would lose the order.
SELECT
    toLowCardinality(merchant_id) AS merchant,
    run,
    span,
    person,
    start,
    day,
    first_of_day,
    orders,
    if({by:String} = 'portal', toUInt8(portal), if({by:String} = 'terminal', toUInt8(terminal), 0)) AS code,
    toLowCardinality(if({by:String} IN ('store', 'city'), store_id, if({by:String} = 'campaign', campaign_id, ''))) AS name
FROM visits_by_run
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT m.merchant_id FROM merchants AS m WHERE m.industry = {industry:String}))
    AND day >= {from:Date}
    AND toInt32(day) < toInt32({to:Date}) + {window_days:UInt16}
ORDER BY merchant_id, person, start
