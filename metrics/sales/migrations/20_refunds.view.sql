CREATE OR REPLACE VIEW refunds AS
SELECT
    s.merchant_id AS merchant_id,
    s.person AS person,
    s.transaction_id AS transaction_id,
    s.day AS day,
    s.refunded_day AS refunded_day,
    s.refunded_at AS refunded_at,
    s.currency AS currency,
    s.amount AS amount,
    s.method AS method,
    s.lever AS lever,
    s.store_id AS store_id
FROM refunds_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
