-- What runs kept of persons since the merchant was last made whole.
SELECT
    f.merchant_id AS merchant_id,
    f.run AS run,
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
    f.first_visit_paid AS first_visit_paid,
    f.visit_weeks AS visit_weeks,
    f.visit_months AS visit_months,
    f.paying_weeks AS paying_weeks,
    f.paying_months AS paying_months
FROM {table:Identifier} AS f
INNER JOIN (
    SELECT
        merchant_id,
        any(current_spans.whole_run) AS whole_run,
        any(current_spans.last_run) AS last_run
    FROM current_spans
    WHERE merchant_id IN (SELECT merchant_id FROM keys WHERE from > toDate(0))
    GROUP BY merchant_id
) AS c ON c.merchant_id = f.merchant_id
WHERE
    f.merchant_id IN (SELECT merchant_id FROM keys WHERE from > toDate(0))
    AND f.run >= c.whole_run
    AND f.run <= c.last_run
    AND f.run IN (SELECT run FROM published_runs)
ORDER BY merchant_id, person, run
