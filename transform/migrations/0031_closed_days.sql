-- +goose Up
CREATE TABLE closed_days
(
    watermark DateTime64(3, 'UTC') COMMENT 'an operator or a complete load says: days before it are complete',
    cause String,
    declared_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY watermark
