SELECT
    time_zone,
    settlement_days,
    currency
FROM merchants
WHERE
    ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR industry = {industry:String})
GROUP BY time_zone, settlement_days, currency
ORDER BY time_zone, settlement_days, currency
