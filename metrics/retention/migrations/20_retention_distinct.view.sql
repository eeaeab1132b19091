CREATE OR REPLACE VIEW retention_distinct AS
WITH
    (SELECT (made, from_spans, until_spans) FROM span_lookup) AS spans,
    cityHash64(s.merchant_id, s.run) AS segment
SELECT
    substring(s.merchant_id, 2) AS industry,
    s.period AS period,
    s.cohort AS cohort,
    s.activity AS activity,
    s.by AS by,
    s.value AS value,
    s.day AS day,
    s.back AS back,
    s.first AS first
FROM retention_distinct_by_run AS s
WHERE
    s.span >= transform(segment, spans.1, spans.2, toDate(65535))
    AND s.span < transform(segment, spans.1, spans.3, toDate(0))
