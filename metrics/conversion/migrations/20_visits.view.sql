CREATE OR REPLACE VIEW visits AS
SELECT
    merchant_id,
    person,
    day,
    start,
    portal,
    terminal,
    store_id,
    orders,
    gross,
    net,
    converted
FROM visits_by_run
WHERE (merchant_id, run) IN (SELECT merchant_id, run FROM current_runs)
