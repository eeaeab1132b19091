-- +goose Up
CREATE TABLE event_ids
(
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3),
    merchant_id String,
    event_id String,
    version UInt64 COMMENT 'the settling pass that wrote the row; the newest holds',
    revision UInt32,
    kafka_time DateTime64(3, 'UTC') COMMENT 'with the three coordinates: which of two equal revisions came first',
    topic_epoch UInt32,
    part UInt32,
    off Int64 COMMENT 'where the winning record stands in the log',
    deleted Bool,
    event_time DateTime64(3, 'UTC'),
    user UInt64,
    anonymous UInt64,
    transaction_id String,
    transaction_kind Enum8('' = 0, 'payment' = 1, 'refund' = 2),
    stage Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8),
    to_user UInt64,
    ordered_at DateTime64(3, 'UTC') COMMENT '1970 = absent',
    person UInt64 COMMENT 'whom the event is placed at',
    placed_at DateTime64(3, 'UTC') COMMENT 'the instant it is placed at',
    decided_at DateTime64(3, 'UTC') COMMENT 'of a transaction: when its order was decided, if before it was paid, else placed_at',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, merchant_id, event_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1
