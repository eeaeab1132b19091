-- +goose Up
CREATE TABLE portal_transitions_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    month Date COMMENT 'its first day',
    source Enum8('start' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'state that is left',
    target Enum8('null' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'conversion' = 9) COMMENT 'state that is reached',
    transitions UInt64 COMMENT 'how often, counted in the month of the touch that is left; from start: that is reached'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, month, source, target)
