SELECT
    merchant_id,
    person,
    decided_at AS at,
    0::UInt8 AS code,
    toUInt8(method) AS place,
    toUInt8(lever) AS what,
    amount,
    store_id,
    '' AS campaign_id,
    CAST(payments.currency AS String) AS currency
FROM payments
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
    AND decided_at >= fromUnixTimestamp64Milli({not_before:Int64}, 'UTC')
    AND decided_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
ORDER BY merchant_id, person, at
