SELECT
    merchant_id,
    person,
    start AS at,
    0::UInt8 AS code,
    toUInt8(portal) AS place,
    toUInt8(terminal) AS what,
    toDecimal64(0, 2) AS amount,
    store_id,
    campaign_id,
    '' AS currency
FROM visits
WHERE
    merchant_id IN (
        SELECT m.merchant_id
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
    AND ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND start >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND start < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
