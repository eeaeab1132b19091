-- stop: visit entries, payments and refunds in the figures are those of the events
WITH
    entries_there AS (
        SELECT
            e.merchant_id AS merchant_id,
            countIf(e.action = 'visit') AS visit_entries
        FROM entries_placed AS e
        FINAL
        INNER JOIN fresh ON fresh.merchant_id = e.merchant_id
        WHERE e.merchant_id IN (SELECT merchant_id FROM fresh) AND e.event_time >= (SELECT min(start) FROM fresh) AND e.event_time >= fresh.start
        GROUP BY e.merchant_id
    ),
    payments AS (
        SELECT
            t.merchant_id AS merchant_id,
            t.transaction_id AS transaction_id,
            argMin(if(t.currency = '', m.currency, t.currency), (t.event_time, t.event_id)) AS order_currency,
            any(m.currency) AS merchant_currency,
            sumMap(map(if(t.currency = '', m.currency, t.currency), toDecimal128(t.amount, 2))) AS amounts
        FROM transactions_placed AS t
        FINAL
        INNER JOIN fresh ON fresh.merchant_id = t.merchant_id
        INNER JOIN merchants AS m ON m.merchant_id = t.merchant_id
        WHERE
            t.merchant_id IN (SELECT merchant_id FROM fresh)
            AND t.placed_at >= (SELECT min(start) FROM fresh)
            AND t.placed_at >= fresh.start
            AND t.kind = 'payment'
        GROUP BY t.merchant_id, t.transaction_id
    ),
    payments_there AS (
        SELECT
            merchant_id,
            count() AS orders,
            sum(amounts[order_currency]) AS paid
        FROM payments
        WHERE order_currency = merchant_currency
        GROUP BY merchant_id
    ),
    days AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.entries) AS visit_entries,
            sum(s.gross) AS paid,
            sum(s.orders - s.foreign_orders) AS orders
        FROM merchant_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id
    )
SELECT
    fresh.merchant_id AS merchant_id,
    fresh.from_span AS day,
    concat(
        'events from this day on: ', toString(entries_there.visit_entries), ' visit entries, ',
        toString(payments_there.orders), ' orders, ', toString(payments_there.paid)
    ) AS expected,
    concat(
        'merchant_days: ', toString(days.visit_entries), ' visit entries, ',
        toString(days.orders), ' orders, ', toString(days.paid)
    ) AS found
FROM fresh
LEFT JOIN entries_there ON entries_there.merchant_id = fresh.merchant_id
LEFT JOIN payments_there ON payments_there.merchant_id = fresh.merchant_id
LEFT JOIN days ON days.merchant_id = fresh.merchant_id
WHERE
    days.visit_entries != entries_there.visit_entries
    OR days.orders != payments_there.orders
    OR days.paid != payments_there.paid
ORDER BY merchant_id
