-- +goose Up
CREATE TABLE user_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; see publications for the one that counts',
    person UInt64,
    day Date,
    first_at DateTime64(3, 'UTC') COMMENT 'the day''s first visit entry or, without one, payment',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'of the day''s first visit entry',
    visits UInt16,
    payments UInt16,
    visited Bool COMMENT 'at least one visit entry'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, person, day)
