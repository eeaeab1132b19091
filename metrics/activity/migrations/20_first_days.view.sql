CREATE OR REPLACE VIEW first_days AS
SELECT
    merchant_id,
    person,
    first_visit,
    last_visit,
    first_paying,
    last_paying,
    register,
    portal,
    terminal,
    store_id,
    campaign_id,
    first_visit_paid
FROM (
    SELECT
        f.merchant_id AS merchant_id,
        f.person AS person,
        f.first_visit AS first_visit,
        f.last_visit AS last_visit,
        f.first_paying AS first_paying,
        f.last_paying AS last_paying,
        f.register AS register,
        f.portal AS portal,
        f.terminal AS terminal,
        f.store_id AS store_id,
        f.campaign_id AS campaign_id,
        f.first_visit_paid AS first_visit_paid
    FROM first_days_by_run AS f
    INNER JOIN current_spans AS c ON c.merchant_id = f.merchant_id
    WHERE f.run IN (SELECT run FROM published_runs) AND c.from_span = toDate(0) AND f.run >= c.whole_run AND f.run <= c.last_run
    ORDER BY
        f.merchant_id ASC,
        f.person ASC,
        f.run DESC
    LIMIT 1 BY f.merchant_id, f.person
)
WHERE first_visit > toDate(0) OR first_paying > toDate(0) OR register > toDate(0)
