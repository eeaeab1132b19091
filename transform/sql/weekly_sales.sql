SELECT
    d.merchant_id AS merchant_id,
    toMonday(d.day) AS week,
    min(d.day) AS first_day,
    toDecimal64(sum(d.gross - d.refunds - d.fees), 2) AS net
FROM merchant_days_by_run AS d
WHERE
    d.day <= {last:Date}
    AND d.day >= {first:Date}
    AND d.orders > 0
    AND (
        d.run = {run:UInt64}
        OR (
            (d.merchant_id, d.run) IN (SELECT merchant_id, run FROM current_runs)
            AND d.merchant_id NOT IN (SELECT merchant_id FROM keys)
        )
    )
GROUP BY merchant_id, week
ORDER BY merchant_id, week
