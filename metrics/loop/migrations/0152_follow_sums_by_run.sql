-- +goose Up
CREATE TABLE follow_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date,
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'of the visits; of an action''s record, else of the visit to which it belongs',
    visits UInt64 COMMENT 'that start on the day',
    collects UInt64,
    uncollects UInt64,
    follows UInt64,
    unfollows UInt64,
    net_collects Int64 COMMENT 'users who collected less those who gave it up; the same action again on a day is none',
    net_followers Int64 COMMENT 'users who followed less those who unfollowed; the same action again on a day is none'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, portal)
