-- +goose Up
CREATE TABLE merchant_days_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date,
    orders UInt64,
    foreign_orders UInt64 COMMENT 'in another currency than the merchant''s: in no sum of money',
    buyers UInt64,
    gross Decimal(18, 2),
    refunds Decimal(18, 2) COMMENT 'on the day of their payment',
    fees Decimal(18, 2),
    stored_value Decimal(18, 2),
    discount Decimal(18, 2),
    installments Decimal(18, 2) COMMENT 'gross paid by installments',
    excess_orders UInt64 COMMENT 'orders refunded beyond their amount',
    excess_refunds Decimal(18, 2) COMMENT 'by how much: in no other sum',
    new_buyers UInt64 COMMENT 'buyers whose first paying day it is',
    new_buyers_net Decimal(18, 2) COMMENT 'what they bought on it, less refunds',
    nobody_net Decimal(18, 2) COMMENT 'orders without a user, less refunds',
    entries UInt64,
    visits UInt64,
    visitors UInt64,
    new_visitors UInt64,
    registered UInt64
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day)
