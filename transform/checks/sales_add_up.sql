-- stop: a merchant's day has the orders, the money and the buyers of its payments
WITH
    days AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            sum(s.orders) AS orders,
            sum(s.buyers) AS buyers,
            sum(s.gross) AS gross,
            sum(s.refunds) AS refunds
        FROM merchant_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    ),
    facts AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            count() AS orders,
            uniqExactIf(s.person, s.person != 0) AS buyers,
            sumIf(s.amount, s.currency = m.currency) AS gross,
            sumIf(s.refunded, s.currency = m.currency) AS refunds,
            countIf(s.refunded > s.amount OR s.net != s.amount - s.refunded) AS wrong
        FROM payments_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        INNER JOIN merchants AS m ON m.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    )
SELECT
    if(days.merchant_id != '', days.merchant_id, facts.merchant_id) AS merchant_id,
    if(days.merchant_id != '', days.day, facts.day) AS day,
    concat(
        'payments: ', toString(facts.orders), ' orders of ', toString(facts.buyers), ' buyers, ',
        toString(facts.gross), ' less ', toString(facts.refunds)
    ) AS expected,
    concat(
        'merchant_days: ', toString(days.orders), ' orders of ', toString(days.buyers), ' buyers, ',
        toString(days.gross), ' less ', toString(days.refunds), if(facts.wrong > 0, ', refunds beyond an order', '')
    ) AS found
FROM days
FULL JOIN facts ON facts.merchant_id = days.merchant_id AND facts.day = days.day
WHERE
    days.orders != facts.orders
    OR days.buyers != facts.buyers
    OR days.gross != facts.gross
    OR days.refunds != facts.refunds
    OR facts.wrong > 0
ORDER BY merchant_id, day
