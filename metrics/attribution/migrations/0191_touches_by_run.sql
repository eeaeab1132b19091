-- +goose Up
CREATE TABLE touches_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'of the payment',
    person UInt64 COMMENT '0 = nobody known',
    transaction_id String,
    paid_at DateTime64(3, 'UTC'),
    currency LowCardinality(String),
    net Decimal(18, 2) COMMENT 'of the payment, which its rows share under every model',
    path UInt32 COMMENT 'distinct portals of the payment''s path, four bits each, the first touched lowest; 0 = no touch',
    place UInt8 COMMENT '1 = the portal that was touched first',
    channel Enum8('scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'direct' = 9) COMMENT 'portal of the path; direct where there was no touch',
    touches UInt64 COMMENT 'visits through it in the lookback',
    last_touch_weight UInt64 COMMENT 'in 1e-9 of the payment, as all weights: those of one payment add up to 1e9',
    first_touch_weight UInt64,
    linear_weight UInt64,
    position_weight UInt64,
    time_decay_weight UInt64,
    shapley_weight UInt64,
    last_touch Decimal(18, 2) COMMENT 'credit of the net amount, as in all columns named by a model: those of one payment add up to net',
    first_touch Decimal(18, 2),
    linear Decimal(18, 2),
    position Decimal(18, 2),
    time_decay Decimal(18, 2),
    shapley Decimal(18, 2)
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, paid_at, transaction_id, place)
