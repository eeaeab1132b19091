CREATE OR REPLACE VIEW payments AS
SELECT
    s.merchant_id AS merchant_id,
    s.person AS person,
    s.transaction_id AS transaction_id,
    s.day AS day,
    s.paid_at AS paid_at,
    s.decided_at AS decided_at,
    s.currency AS currency,
    s.amount AS amount,
    s.refunded AS refunded,
    s.excess_refund AS excess_refund,
    s.net AS net,
    s.discount AS discount,
    s.stored_value AS stored_value,
    s.merchant_fee AS merchant_fee,
    s.method AS method,
    s.installments AS installments,
    s.lever AS lever,
    s.store_id AS store_id
FROM payments_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
