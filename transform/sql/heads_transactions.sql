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
    transaction_id,
    l.kind AS transaction_kind,
    CAST('', 'Enum8(\'\' = 0)') AS stage,
    toUInt64(0) AS to_user,
    ordered_at
FROM transactions_log AS l
WHERE status = 'ok' AND ({ranges})
