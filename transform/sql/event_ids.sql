SELECT
    kind,
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
    transaction_kind,
    stage,
    to_user,
    ordered_at,
    person,
    placed_at,
    decided_at,
    version
FROM event_ids
WHERE (kind, merchant_id, event_id) IN (
    SELECT CAST(kind, 'Enum8(\'entry\' = 1, \'transaction\' = 2, \'coupon\' = 3)'), merchant_id, event_id FROM keys
)
