CREATE OR REPLACE VIEW transactions AS
SELECT
    merchant_id,
    person,
    event_time,
    event_id,
    revision,
    store_id,
    transaction_id,
    kind,
    amount,
    discount,
    stored_value,
    currency,
    method,
    installments,
    merchant_fee,
    lever,
    nullIf(ordered_at, toDateTime64(0, 3, 'UTC')) AS ordered_at,
    coupon_id,
    session_id,
    no_consent,
    stored_at
FROM transactions_placed
FINAL
