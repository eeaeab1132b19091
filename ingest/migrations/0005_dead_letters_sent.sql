-- +goose Up
CREATE TABLE dead_letters_sent
(
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3, 'merchant' = 4),
    topic_epoch UInt32,
    part UInt32,
    off Int64 COMMENT 'every refused record up to and including this offset is on the dead-letter topic',
    sent_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(off)
ORDER BY (kind, topic_epoch, part)
