CREATE OR REPLACE VIEW retention_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.period AS period,
    s.cohort AS cohort,
    s.activity AS activity,
    s.by AS by,
    s.value AS value,
    s.day AS day,
    s.back AS back,
    s.first AS first
FROM retention_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
