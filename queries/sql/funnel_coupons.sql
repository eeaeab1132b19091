SELECT
    merchant_id,
    person,
    event_time AS at,
    toUInt8(stage) AS code,
    toUInt8(placement) AS place,
    toUInt8(kind) AS what,
    toDecimal64(0, 2) AS amount,
    store_id,
    campaign_id,
    '' AS currency
FROM coupons
WHERE
    merchant_id IN (
        SELECT m.merchant_id
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
    AND ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND person != 0
    AND event_time >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND event_time < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
