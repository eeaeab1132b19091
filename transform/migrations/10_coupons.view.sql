CREATE OR REPLACE VIEW coupons AS
SELECT
    merchant_id,
    person,
    event_time,
    event_id,
    revision,
    store_id,
    coupon_id,
    campaign_id,
    kind,
    stage,
    placement,
    face_value,
    min_spend,
    nullIf(valid_until, toDateTime64(0, 3, 'UTC')) AS valid_until,
    transaction_id,
    no_consent,
    stored_at
FROM coupons_placed
FINAL
