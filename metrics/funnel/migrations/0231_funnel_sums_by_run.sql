-- +goose Up
CREATE TABLE funnel_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the visit that entered the funnel',
    step UInt8 COMMENT '1 visit, 2 claim, 3 pay, 4 repurchase',
    entered UInt64 COMMENT 'users who entered on the day',
    users UInt64 COMMENT 'those of them whose deepest try reached the step within 30 days',
    buckets Array(UInt32) COMMENT 'of the time to the step, 64 for each doubling of milliseconds',
    counts Array(UInt64) COMMENT 'users in each bucket'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, step)
