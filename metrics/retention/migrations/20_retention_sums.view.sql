CREATE OR REPLACE VIEW retention_sums AS
-- The spans are looked up and not joined: so the table's order survives, and a
-- question that reads merchant by merchant sorts nothing.
WITH
    (
        SELECT (
            groupArray(cityHash64(current_spans.merchant_id, current_spans.run)),
            groupArray(current_spans.from_span),
            groupArray(current_spans.until_span)
        )
        FROM current_spans
    ) AS spans,
    cityHash64(s.merchant_id, s.run) AS made
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
WHERE
    s.span >= transform(made, spans.1, spans.2, toDate(65535))
    AND s.span < transform(made, spans.1, spans.3, toDate(0))
