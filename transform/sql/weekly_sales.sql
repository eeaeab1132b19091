SELECT
    d.merchant_id AS merchant_id,
    toMonday(d.day) AS week,
    min(d.day) AS first_day,
    toDecimal64(sum(d.gross - d.refunds - d.fees), 2) AS net
FROM merchant_days_by_run AS d
INNER JOIN spans AS s ON s.merchant_id = d.merchant_id AND s.run = d.run
WHERE
    d.day <= {last:Date}
    AND d.day >= {first:Date}
    AND d.orders > 0
    AND d.span >= s.from_span
    AND d.span < s.until_span
GROUP BY merchant_id, week
ORDER BY merchant_id, week
