-- +goose Up
CREATE TABLE credit_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'of the payments',
    channel Enum8('scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'direct' = 9) COMMENT 'portal, or direct for payments without a touch',
    touched UInt64 COMMENT 'payments whose path holds the channel',
    last_touch_weight UInt64 COMMENT 'in 1e-9 of a payment, as all weights',
    first_touch_weight UInt64,
    linear_weight UInt64,
    position_weight UInt64,
    time_decay_weight UInt64,
    shapley_weight UInt64,
    last_touch Decimal(18, 2) COMMENT 'credit of net amounts in the merchant''s currency, as in all columns named by a model',
    first_touch Decimal(18, 2),
    linear Decimal(18, 2),
    position Decimal(18, 2),
    time_decay Decimal(18, 2),
    shapley Decimal(18, 2)
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, channel)
