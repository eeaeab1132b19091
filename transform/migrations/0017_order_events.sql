-- +goose Up
CREATE TABLE order_events
(
    merchant_id String,
    transaction_id String,
    event_id String,
    version UInt64,
    is_deleted UInt8 COMMENT 'the event left this order, or never happened',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (merchant_id, transaction_id, event_id)
SETTINGS index_granularity = 512
