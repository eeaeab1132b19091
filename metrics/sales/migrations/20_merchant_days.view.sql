CREATE OR REPLACE VIEW merchant_days AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.orders AS orders,
    s.foreign_orders AS foreign_orders,
    s.buyers AS buyers,
    s.gross AS gross,
    s.refunds AS refunds,
    s.fees AS fees,
    s.stored_value AS stored_value,
    s.discount AS discount,
    s.installments AS installments,
    s.excess_orders AS excess_orders,
    s.excess_refunds AS excess_refunds,
    s.new_buyers AS new_buyers,
    s.new_buyers_net AS new_buyers_net,
    s.nobody_net AS nobody_net,
    s.entries AS entries,
    s.visits AS visits,
    s.visitors AS visitors,
    s.new_visitors AS new_visitors,
    s.registered AS registered
FROM merchant_days_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
