CREATE OR REPLACE VIEW first_days AS
SELECT
    merchant_id,
    person,
    first_visit,
    last_visit,
    first_paying,
    last_paying,
    register,
    portal
FROM first_days_by_run
WHERE (merchant_id, run) IN (SELECT merchant_id, run FROM current_runs)
