-- +goose Up
CREATE TABLE things
(
    thing_id UInt64,
)
ENGINE = MergeTree
ORDER BY thing_id
