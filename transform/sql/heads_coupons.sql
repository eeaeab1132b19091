SELECT
    merchant_id,
    event_id,
    revision,
    kafka_time,
    topic_epoch,
    part,
    off,
    deleted,
    event_time,
    user,
    anonymous,
    '' AS transaction_id,
    CAST('', 'Enum8(\'\' = 0)') AS transaction_kind,
    stage,
    to_user,
    toDateTime64(0, 3, 'UTC') AS ordered_at
FROM coupons_log AS l
WHERE status = 'ok' AND ({ranges})
