-- In the order in which visits lie. Rows of other publications and of spans that
-- a later run made anew are left to the reader: a join would lose the order.
SELECT
    toLowCardinality(merchant_id) AS merchant,
    run,
    span,
    person,
    start AS at,
    0::UInt8 AS code,
    toUInt8(portal) AS place,
    toUInt8(terminal) AS what,
    toDecimal64(0, 2) AS amount,
    toLowCardinality(if({stores:Bool}, store_id, '')) AS store,
    toLowCardinality(if({campaigns:Bool}, campaign_id, '')) AS campaign,
    toLowCardinality('') AS currency_name
FROM visits_by_run
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT m.merchant_id FROM merchants AS m WHERE m.industry = {industry:String}))
    AND start >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
