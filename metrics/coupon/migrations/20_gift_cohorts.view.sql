CREATE OR REPLACE VIEW gift_cohorts AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.gifted AS gifted,
    s.users AS users,
    s.day_7 AS day_7,
    s.within_7 AS within_7,
    s.net AS net
FROM gift_cohorts_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
