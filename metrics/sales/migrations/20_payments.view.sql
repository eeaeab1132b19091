CREATE OR REPLACE VIEW payments AS
SELECT
    merchant_id,
    person,
    transaction_id,
    day,
    paid_at,
    decided_at,
    currency,
    amount,
    refunded,
    excess_refund,
    net,
    discount,
    stored_value,
    merchant_fee,
    method,
    installments,
    lever,
    store_id
FROM payments_by_run
WHERE (merchant_id, run) IN (SELECT merchant_id, run FROM current_runs)
