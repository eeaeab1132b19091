-- +goose Up
CREATE TABLE coupon_transitions_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the records',
    before Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8) COMMENT 'state before the record, empty for a first one; expired also where no record told it',
    stage Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8) COMMENT 'stage of the record',
    possible Bool,
    records UInt64
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, before, stage, possible)
