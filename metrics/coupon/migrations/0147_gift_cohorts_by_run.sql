-- +goose Up
CREATE TABLE gift_cohorts_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'first visit day of the users',
    gifted Bool COMMENT 'received a coupon within 30 days up to the first visit',
    users UInt64,
    day_7 UInt64 COMMENT 'active on the seventh day after',
    within_7 UInt64 COMMENT 'active on one of the seven days after',
    net Decimal(18, 2) COMMENT 'of the orders paid from the day to the seventh after, in the merchant''s currency'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, gifted)
