-- +goose Up
CREATE TABLE event_groups
(
    relation Enum8('order' = 1, 'anonymous' = 2, 'link' = 3) COMMENT 'order: group_key is a transaction id; anonymous and link: the hash of an anonymous id, of events that carry it alone or with a user',
    merchant_id String,
    group_key String,
    kind Enum8('entry' = 1, 'transaction' = 2, 'coupon' = 3),
    event_id String,
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree
ORDER BY (relation, merchant_id, group_key, kind, event_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1
