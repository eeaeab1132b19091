-- +goose Up
CREATE TABLE leases
(
    name LowCardinality(String),
    fence UInt64 COMMENT 'grows by one with each holder',
    holder String,
    until DateTime64(3, 'UTC') COMMENT 'on the server''s clock',
    beat DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY (name, fence, beat)
SETTINGS non_replicated_deduplication_window = 10000
