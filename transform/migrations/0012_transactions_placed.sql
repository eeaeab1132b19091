-- +goose Up
CREATE TABLE transactions_placed
(
    merchant_id String,
    person UInt64 COMMENT 'the user, else the anonymous id, else 0',
    placed_at DateTime64(3, 'UTC') COMMENT 'event_time of the order''s earliest payment: an order''s rows are neighbors',
    transaction_id String,
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
    kind Enum8('' = 0, 'payment' = 1, 'refund' = 2),
    amount Decimal(18, 2),
    discount Decimal(18, 2),
    stored_value Decimal(18, 2),
    currency LowCardinality(String) COMMENT 'empty = the merchant''s',
    method Enum8('' = 0, 'balance' = 1, 'bank_card' = 2, 'credit' = 3, 'installments' = 4, 'credit_withholding' = 5, 'gift_card' = 6, 'points' = 7, 'other' = 8),
    installments UInt8,
    merchant_fee Decimal(18, 2),
    lever Enum8('' = 0, 'none' = 1, 'group_purchase' = 2, 'takeaway' = 3, 'scheduled_service' = 4, 'card_package' = 5),
    ordered_at DateTime64(3, 'UTC') COMMENT '1970 = absent',
    coupon_id String,
    session_id String,
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY toYYYYMM(placed_at)
PRIMARY KEY (merchant_id, person, placed_at)
ORDER BY (merchant_id, person, placed_at, transaction_id, event_time, event_id)
SETTINGS fsync_after_insert = 1
