CREATE OR REPLACE VIEW distinct_persons AS
-- Persons are put together in the table's order, one at a time.
WITH
    (SELECT (merchants, whole_runs, last_runs) FROM span_lookup) AS spans,
    cityHash64(f.merchant_id) AS merchant
SELECT
    substring(merchant_id, 2) AS industry,
    person,
    newest.1 AS first_visit,
    newest.2 AS last_visit,
    newest.3 AS first_paying,
    newest.4 AS last_paying,
    newest.5 AS register,
    newest.6 AS portal
FROM (
    SELECT
        f.merchant_id AS merchant_id,
        f.person AS person,
        argMax(
            (f.first_visit, f.last_visit, f.first_paying, f.last_paying, f.register, f.portal),
            f.run
        ) AS newest
    FROM distinct_persons_by_run AS f
    WHERE
        f.run IN (SELECT run FROM published_runs)
        AND f.run >= transform(merchant, spans.1, spans.2, toUInt64(-1))
        AND f.run <= transform(merchant, spans.1, spans.3, toUInt64(0))
    GROUP BY f.merchant_id, f.person
    SETTINGS optimize_aggregation_in_order = 1
)
WHERE newest.1 > toDate(0) OR newest.3 > toDate(0) OR newest.5 > toDate(0)
