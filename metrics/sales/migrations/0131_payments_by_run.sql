-- +goose Up
CREATE TABLE payments_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64 COMMENT '0 = nobody known',
    transaction_id String,
    day Date COMMENT 'of the order''s earliest payment',
    paid_at DateTime64(3, 'UTC'),
    decided_at DateTime64(3, 'UTC') COMMENT 'ordered_at where given',
    currency LowCardinality(String),
    amount Decimal(18, 2),
    refunded Decimal(18, 2) COMMENT 'at most the amount',
    excess_refund Decimal(18, 2) COMMENT 'refunds beyond the amount: flagged, in no figure',
    net Decimal(18, 2),
    discount Decimal(18, 2),
    stored_value Decimal(18, 2),
    merchant_fee Decimal(18, 2),
    method Enum8('' = 0, 'balance' = 1, 'bank_card' = 2, 'credit' = 3, 'installments' = 4, 'credit_withholding' = 5, 'gift_card' = 6, 'points' = 7, 'other' = 8),
    installments UInt8,
    lever Enum8('' = 0, 'none' = 1, 'group_purchase' = 2, 'takeaway' = 3, 'scheduled_service' = 4, 'card_package' = 5),
    store_id String
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, paid_at)
