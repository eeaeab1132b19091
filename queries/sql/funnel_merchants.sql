SELECT
    merchant_id,
    time_zone,
    settlement_days
FROM merchants
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR industry = {industry:String})
