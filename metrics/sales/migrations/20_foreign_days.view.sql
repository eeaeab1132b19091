CREATE OR REPLACE VIEW foreign_days AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.currency AS currency,
    s.orders AS orders,
    s.buyers AS buyers,
    s.gross AS gross,
    s.refunds AS refunds,
    s.stored_value AS stored_value,
    s.installments AS installments,
    s.excess_orders AS excess_orders,
    s.excess_refunds AS excess_refunds
FROM foreign_days_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
