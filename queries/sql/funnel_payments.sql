-- As funnel_visits: rows of spans that a later run made anew are left to the reader.
SELECT
    toLowCardinality(merchant_id) AS merchant,
    run,
    span,
    person,
    decided_at AS at,
    0::UInt8 AS code,
    toUInt8(method) AS place,
    toUInt8(lever) AS what,
    amount,
    toLowCardinality(if({stores:Bool}, store_id, '')) AS store,
    toLowCardinality('') AS campaign,
    toLowCardinality(if({currencies:Bool}, currency, '')) AS currency_name
FROM payments_by_run
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT m.merchant_id FROM merchants AS m WHERE m.industry = {industry:String}))
    AND person != 0
    AND decided_at >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND decided_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
