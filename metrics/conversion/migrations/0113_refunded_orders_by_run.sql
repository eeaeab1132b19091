-- +goose Up
CREATE TABLE refunded_orders_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64,
    transaction_id String,
    paid_at DateTime64(3, 'UTC'),
    refunded_at DateTime64(3, 'UTC') COMMENT 'when the refunds reached the amount'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, person, transaction_id)
