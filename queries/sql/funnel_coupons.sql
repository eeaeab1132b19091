SELECT
    toLowCardinality(merchant_id) AS merchant,
    0::UInt64 AS run,
    toDate(0) AS span,
    person,
    event_time AS at,
    toUInt8(stage) AS code,
    toUInt8(placement) AS place,
    toUInt8(kind) AS what,
    toDecimal64(0, 2) AS amount,
    toLowCardinality(if({stores:Bool}, store_id, '')) AS store,
    toLowCardinality(if({campaigns:Bool}, campaign_id, '')) AS campaign,
    toLowCardinality('') AS currency_name
FROM coupons
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT m.merchant_id FROM merchants AS m WHERE m.industry = {industry:String}))
    AND person != 0
    AND event_time >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND event_time < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
