CREATE OR REPLACE VIEW user_days AS
SELECT
    merchant_id,
    person,
    day,
    first_at,
    portal,
    visits,
    payments,
    visited
FROM user_days_by_run
WHERE (merchant_id, run) IN (SELECT merchant_id, run FROM current_runs)
