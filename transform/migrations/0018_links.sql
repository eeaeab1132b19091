-- +goose Up
CREATE TABLE links
(
    merchant_id String,
    anonymous UInt64,
    event_time DateTime64(3, 'UTC'),
    event_id String,
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3),
    user UInt64,
    version UInt64,
    is_deleted UInt8 COMMENT 'the record that made the link moved, changed or never happened',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (merchant_id, anonymous, event_time, event_id, kind)
SETTINGS index_granularity = 512
