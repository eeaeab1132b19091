-- +goose Up
CREATE TABLE loop_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the payment',
    paid UInt64,
    claimed UInt64,
    kept UInt64,
    came_back UInt64,
    redeemed UInt64,
    paid_again UInt64,
    paid_again_not_claimed UInt64
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day)
