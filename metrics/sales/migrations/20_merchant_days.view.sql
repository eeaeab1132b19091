CREATE OR REPLACE VIEW merchant_days AS
SELECT
    merchant_id,
    day,
    orders,
    foreign_orders,
    buyers,
    gross,
    refunds,
    fees,
    stored_value,
    discount,
    installments,
    entries,
    visits,
    visitors,
    new_visitors,
    registered
FROM merchant_days_by_run
WHERE (merchant_id, run) IN (SELECT merchant_id, run FROM current_runs)
