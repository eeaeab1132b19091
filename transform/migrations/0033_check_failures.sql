-- +goose Up
CREATE TABLE check_failures
(
    run UInt64 COMMENT 'the batch that checked',
    checked_at DateTime64(3, 'UTC') DEFAULT now64(3),
    check_name LowCardinality(String),
    stops Bool COMMENT 'the merchant''s new figures were withheld',
    merchant_id String,
    day Date COMMENT '1970 = of no single day',
    expected String,
    found String
)
ENGINE = MergeTree
ORDER BY (run, check_name, merchant_id, day)
TTL toDateTime(checked_at) + INTERVAL 90 DAY
