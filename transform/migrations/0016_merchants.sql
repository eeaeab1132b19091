-- +goose Up
CREATE TABLE merchants_settled
(
    merchant_id String,
    declared Bool COMMENT 'false: known from its events alone, every field is a default',
    name String,
    owner String,
    store_ids Array(String),
    store_names Array(String),
    store_cities Array(String),
    industry String,
    city String,
    time_zone String,
    currency String,
    user_id_scope Enum8('' = 0, 'platform' = 1, 'merchant' = 2),
    settlement_days UInt16,
    capability_names Array(String),
    capability_enabled_at Array(DateTime64(3, 'UTC')),
    capability_disabled_at Array(DateTime64(3, 'UTC')) COMMENT '1970 = still on',
    capability_void Array(Bool),
    updated_at DateTime64(3, 'UTC'),
    version UInt64,
    lease_until DateTime64(3, 'UTC'),
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY merchant_id
SETTINGS fsync_after_insert = 1
