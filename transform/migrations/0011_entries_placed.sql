-- +goose Up
CREATE TABLE entries_placed
(
    merchant_id String,
    person UInt64 COMMENT 'the user, else the anonymous id, else 0',
    event_time DateTime64(3, 'UTC'),
    event_id String,
    event_hash UInt64 COMMENT 'xxh3 of event_id: tells neighbors of one instant apart',
    version UInt64 COMMENT 'the settling pass that placed the row here',
    is_deleted UInt8 COMMENT 'the event left this place, or never happened',
    lease_until DateTime64(3, 'UTC'),
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3),
    store_id String,
    user UInt64,
    anonymous UInt64,
    no_consent Bool,
    revision UInt32,
    action Enum8('' = 0, 'visit' = 1, 'register' = 2, 'collect' = 3, 'uncollect' = 4, 'follow' = 5, 'unfollow' = 6),
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8),
    portal_from_scene Bool COMMENT 'the portal was not in the record but mapped from its scene',
    scene String,
    terminal Enum8('' = 0, 'alipay' = 1, 'amap' = 2, 'koubei' = 3, 'eleme' = 4, 'dingtalk' = 5, 'other' = 6),
    session_id String,
    campaign_id String,
    coupon_id String,
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(event_time)
PRIMARY KEY (merchant_id, person, event_time)
ORDER BY (merchant_id, person, event_time, event_id)
SETTINGS fsync_after_insert = 1
