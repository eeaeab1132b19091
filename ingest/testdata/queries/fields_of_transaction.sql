SELECT toString((merchant_id, event_id, event_time, transaction_id, kind, amount, discount, stored_value, toString(currency), method, installments, merchant_fee, lever, ordered_at, coupon_id, session_id)) AS row
FROM transactions_log
