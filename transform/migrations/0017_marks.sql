-- +goose Up
CREATE TABLE marks
(
    version UInt64 COMMENT 'the settling pass that made the change',
    merchant_id String,
    person UInt64,
    old_day Nullable(Int32) COMMENT 'day in the merchant''s zone, counted from 1970-01-01, that the event left',
    new_day Nullable(Int32) COMMENT 'the day it came to',
    cause Enum8('events' = 1, 'refund' = 2, 'correction' = 3, 'deletion' = 4, 'link' = 5, 'merchant record' = 6) COMMENT 'what made the change',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = MergeTree
ORDER BY (version, merchant_id, person)
SETTINGS fsync_after_insert = 1
