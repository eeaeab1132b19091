-- +goose Up
CREATE TABLE gift_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the gifts',
    gifts UInt64 COMMENT 'coupons received',
    receivers UInt64 COMMENT 'users who received one',
    new UInt64 COMMENT 'of them: without a visit, payment or register before',
    came UInt64 COMMENT 'of the new ones: with a visit or payment within 30 days'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day)
