SELECT
    merchant_id,
    person,
    event_time,
    event_hash,
    version,
    is_deleted,
    xxh3(coupon_id) AS coupon,
    campaign_id,
    kind,
    stage,
    placement,
    valid_until
FROM coupons_placed
WHERE merchant_id IN (SELECT merchant_id FROM keys)
ORDER BY merchant_id, person, event_time, event_id, stage
