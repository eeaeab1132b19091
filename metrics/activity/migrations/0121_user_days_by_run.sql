-- +goose Up
CREATE TABLE user_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64,
    day Date,
    first_at DateTime64(3, 'UTC') COMMENT 'the day''s first visit entry or, without one, payment',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'of the day''s first visit entry',
    terminal Enum8('' = 0, 'alipay' = 1, 'amap' = 2, 'koubei' = 3, 'eleme' = 4, 'dingtalk' = 5, 'other' = 6),
    store_id String,
    campaign_id String,
    visits UInt16,
    payments UInt16,
    net Decimal(18, 2) COMMENT 'of the day''s payments in the merchant''s currency, less their refunds',
    visited Bool COMMENT 'at least one visit entry'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (merchant_id, person, day, run)
