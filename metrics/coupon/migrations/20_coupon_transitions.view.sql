CREATE OR REPLACE VIEW coupon_transitions AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.before AS before,
    s.stage AS stage,
    s.possible AS possible,
    s.records AS records
FROM coupon_transitions_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
