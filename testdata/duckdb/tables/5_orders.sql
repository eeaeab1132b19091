-- An order: the payments of one transaction id. The earliest places it.
CREATE TABLE orders AS
SELECT
    merchant_id,
    transaction_id,
    arg_min(person, (moment, event_id)) AS person,
    any_value(industry) AS industry,
    any_value(time_zone) AS time_zone,
    any_value(own_currency) AS own_currency,
    arg_min(currency, (moment, event_id)) AS currency,
    arg_min(day, (moment, event_id)) AS day,
    min(moment) AS paid_at,
    arg_min(coalesce(ordered_at, moment), (moment, event_id)) AS decided_at,
    arg_min(method, (moment, event_id)) AS method,
    arg_min(lever, (moment, event_id)) AS lever,
    arg_min(coupon_id, (moment, event_id)) AS coupon_id,
    sum(amount) AS gross,
    sum(stored_value) AS stored_value,
    sum(discount) AS discount
FROM happened
WHERE kind = 'transactions' AND type = 'payment'
GROUP BY merchant_id, transaction_id;

-- Refunds count up to the order's amount, the earliest first; the rest is excess.
CREATE TABLE refunds AS
SELECT
    r.merchant_id, r.transaction_id, r.moment, r.day, r.amount,
    greatest(0, least(r.amount, o.gross - coalesce(sum(r.amount) OVER earlier, 0))) AS counted
FROM happened AS r
JOIN orders AS o USING (merchant_id, transaction_id)
WHERE r.kind = 'transactions' AND r.type = 'refund'
WINDOW earlier AS (
    PARTITION BY r.merchant_id, r.transaction_id ORDER BY r.moment, r.event_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

ALTER TABLE orders ADD COLUMN refunded DECIMAL(18, 2) DEFAULT 0;
ALTER TABLE orders ADD COLUMN excess DECIMAL(18, 2) DEFAULT 0;
UPDATE orders SET refunded = r.refunded, excess = r.excess
FROM (
    SELECT merchant_id, transaction_id, sum(counted) AS refunded, sum(amount - counted) AS excess
    FROM refunds
    GROUP BY merchant_id, transaction_id
) AS r
WHERE orders.merchant_id = r.merchant_id AND orders.transaction_id = r.transaction_id;
