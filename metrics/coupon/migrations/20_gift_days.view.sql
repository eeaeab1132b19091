CREATE OR REPLACE VIEW gift_days AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.gifts AS gifts,
    s.receivers AS receivers,
    s.new AS new,
    s.came AS came
FROM gift_days_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
