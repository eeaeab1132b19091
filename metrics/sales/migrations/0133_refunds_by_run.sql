-- +goose Up
CREATE TABLE refunds_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64 COMMENT '0 = nobody known',
    transaction_id String,
    day Date COMMENT 'of the order''s earliest payment, with which the row changes',
    refunded_day Date COMMENT 'of the refund itself',
    refunded_at DateTime64(3, 'UTC'),
    currency LowCardinality(String),
    amount Decimal(18, 2) COMMENT 'without what goes beyond the order''s amount',
    method Enum8('' = 0, 'balance' = 1, 'bank_card' = 2, 'credit' = 3, 'installments' = 4, 'credit_withholding' = 5, 'gift_card' = 6, 'points' = 7, 'other' = 8),
    lever Enum8('' = 0, 'none' = 1, 'group_purchase' = 2, 'takeaway' = 3, 'scheduled_service' = 4, 'card_package' = 5),
    store_id String
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, refunded_day, refunded_at)
