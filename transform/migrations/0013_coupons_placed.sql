-- +goose Up
CREATE TABLE coupons_placed
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
    coupon_id String,
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4),
    stage Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8),
    to_user UInt64 COMMENT 'keyed hash of who got the gift',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9),
    face_value Decimal(18, 2),
    min_spend Decimal(18, 2),
    valid_until DateTime64(3, 'UTC') COMMENT '1970 = absent',
    transaction_id String,
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(event_time)
PRIMARY KEY (merchant_id, person, event_time)
ORDER BY (merchant_id, person, event_time, event_id, stage)
SETTINGS fsync_after_insert = 1
