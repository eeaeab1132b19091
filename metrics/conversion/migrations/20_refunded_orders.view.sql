CREATE OR REPLACE VIEW refunded_orders AS
SELECT
    s.merchant_id AS merchant_id,
    s.person AS person,
    s.transaction_id AS transaction_id,
    s.paid_at AS paid_at,
    s.refunded_at AS refunded_at
FROM refunded_orders_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
