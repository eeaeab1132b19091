-- +goose Up
CREATE TABLE foreign_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date,
    currency LowCardinality(String) COMMENT 'of the orders: not the merchant''s',
    orders UInt64 COMMENT 'among those of merchant_days too',
    buyers UInt64,
    gross Decimal(18, 2),
    refunds Decimal(18, 2) COMMENT 'on the day of their payment',
    stored_value Decimal(18, 2),
    installments Decimal(18, 2) COMMENT 'gross paid by installments',
    excess_orders UInt64 COMMENT 'orders refunded beyond their amount',
    excess_refunds Decimal(18, 2) COMMENT 'by how much: in no other sum'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, currency)
