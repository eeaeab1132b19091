CREATE OR REPLACE VIEW funnel_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.step AS step,
    s.entered AS entered,
    s.users AS users,
    s.buckets AS buckets,
    s.counts AS counts
FROM funnel_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
