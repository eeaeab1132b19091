SELECT
    merchant_id,
    time_zone
FROM merchants_settled
FINAL
WHERE merchant_id IN (SELECT merchant_id FROM keys)
