SELECT
    merchant_id,
    person,
    placed_at,
    transaction_id,
    event_time,
    event_hash,
    version,
    is_deleted,
    kind,
    amount,
    discount,
    stored_value,
    merchant_fee,
    currency,
    method,
    installments,
    lever,
    ordered_at,
    if(coupon_id = '', 0, xxh3(coupon_id)) AS coupon,
    store_id
FROM transactions_placed
WHERE merchant_id IN (SELECT merchant_id FROM keys) AND placed_at >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
ORDER BY merchant_id, person, placed_at, transaction_id, event_time, event_id
