-- What is published of the merchants and days of a file of totals, with what the
-- file says of them; days of these merchants that the file leaves out are not shown.
SELECT
    g.merchant_id AS merchant_id,
    g.day AS day,
    m.merchant_id != '' AS known,
    d.merchant_id != '' AS published,
    toInt64(d.visits) AS visits,
    toInt64(d.orders) AS payments,
    toDecimal64(d.gross - d.refunds, 2) AS net
FROM given AS g
LEFT JOIN merchants AS m ON m.merchant_id = g.merchant_id
LEFT JOIN (
    SELECT
        merchant_id,
        day,
        visits,
        orders,
        gross,
        refunds
    FROM merchant_days
    WHERE merchant_id IN (SELECT merchant_id FROM given) AND day IN (SELECT day FROM given)
) AS d ON d.merchant_id = g.merchant_id AND d.day = g.day
ORDER BY g.number
