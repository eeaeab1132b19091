-- +goose Up
CREATE TABLE first_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; see publications for the one that counts',
    person UInt64,
    first_visit Date COMMENT '1970 = never',
    last_visit Date,
    first_paying Date,
    last_paying Date,
    register Date COMMENT 'the first register',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'of the first visit'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, person)
