-- +goose Up
CREATE TABLE visits_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64 COMMENT 'keyed hash of the user or anonymous id',
    day Date COMMENT 'the merchant''s day on which the visit starts',
    start DateTime64(3, 'UTC'),
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8),
    terminal Enum8('' = 0, 'alipay' = 1, 'amap' = 2, 'koubei' = 3, 'eleme' = 4, 'dingtalk' = 5, 'other' = 6),
    store_id String,
    campaign_id String,
    orders UInt16 COMMENT 'orders that belong to the visit',
    gross Decimal(18, 2) COMMENT 'their payments in the merchant''s currency',
    net Decimal(18, 2) COMMENT 'the same less their refunds',
    converted Bool,
    kept Bool COMMENT 'converted, payments aside that were wholly refunded within 7 days',
    first_of_day Bool COMMENT 'the person''s first visit of the day',
    user_converted Bool COMMENT 'of a first visit: the person paid within its window, whichever visit has the payment',
    user_kept Bool COMMENT 'the same, payments aside that were wholly refunded within 7 days'
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (merchant_id, person, start)
