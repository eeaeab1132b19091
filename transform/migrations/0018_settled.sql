-- +goose Up
CREATE TABLE settled
(
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3, 'merchant' = 4),
    topic_epoch UInt32,
    part UInt32,
    off Int64 COMMENT 'every record up to and including this offset is settled',
    planned Int64 COMMENT 'beyond off: a pass over off + 1 .. planned began, and must be repeated over exactly that range if it did not end',
    newest_event DateTime64(3, 'UTC') COMMENT 'newest event time up to here, each capped by its Kafka time; 1970 = none',
    log_end Int64 COMMENT 'the end of the Kafka partition when ingest last wrote',
    version UInt64 COMMENT 'the settling pass',
    step UInt64 COMMENT 'grows with each row: twice the version, and one more when the pass has ended',
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(step)
ORDER BY (kind, topic_epoch, part)
SETTINGS fsync_after_insert = 1
