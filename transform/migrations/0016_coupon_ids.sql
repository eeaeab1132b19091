-- +goose Up
CREATE TABLE coupon_ids
(
    merchant_id String,
    event_id String,
    version UInt64 COMMENT 'the settling pass that wrote the row',
    revision UInt32,
    kafka_time DateTime64(3, 'UTC') COMMENT 'with the three coordinates: which of two equal revisions came first',
    topic_epoch UInt32,
    part UInt32,
    off Int64,
    deleted Bool,
    event_time DateTime64(3, 'UTC'),
    person UInt64 COMMENT 'the person it is placed at',
    user UInt64,
    anonymous UInt64,
    stage Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8),
    to_user UInt64,
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (merchant_id, event_id)
SETTINGS index_granularity = 512
