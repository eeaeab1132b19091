-- +goose Up
CREATE TABLE owners
(
    owner_id UInt64,
)
ENGINE = MergeTree
ORDER BY owner_id
