-- +goose Up
CREATE TABLE path_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'of the payments',
    path UInt32 COMMENT 'distinct portals of the path, four bits each, the first touched lowest; 0 = no touch',
    last Enum8('scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'direct' = 9) COMMENT 'portal of the last touch',
    orders UInt64,
    net Decimal(18, 2) COMMENT 'of the payments in the merchant''s currency'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, path, last)
