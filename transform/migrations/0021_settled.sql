-- +goose Up
CREATE TABLE settled
(
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3, 'merchant' = 4),
    topic_epoch UInt32,
    part UInt32,
    off Int64 COMMENT 'every record up to and including this offset is settled',
    version UInt64,
    newest_event DateTime64(3, 'UTC') COMMENT 'newest event time up to here, each capped by its Kafka time',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(off)
ORDER BY (kind, topic_epoch, part)
