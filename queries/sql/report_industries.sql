SELECT
    m.industry AS industry,
    m.currency AS currency,
    toInt64(uniqExact(m.merchant_id)) AS merchants,
    toDecimal64(sum(d.gross - d.refunds), 2) AS net
FROM merchants AS m
LEFT JOIN (
    SELECT
        merchant_id,
        gross,
        refunds
    FROM merchant_days
    WHERE merchant_days.day >= {from:Date} AND merchant_days.day < {to:Date}
) AS d ON d.merchant_id = m.merchant_id
GROUP BY industry, currency
ORDER BY industry, currency
