-- +goose Up
CREATE TABLE retention_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    period LowCardinality(String) COMMENT 'day, week or month',
    cohort LowCardinality(String) COMMENT 'new or all',
    activity LowCardinality(String) COMMENT 'visit or paying',
    by LowCardinality(String) COMMENT 'the breakdown, empty for everybody',
    value LowCardinality(String) COMMENT 'the breakdown''s value',
    cohort_day Date COMMENT 'first day of the cohort''s period',
    users UInt32 COMMENT 'users in the cohort',
    returned Array(UInt32) COMMENT 'users active in period n, n = 0..30',
    within Array(UInt32) COMMENT 'users active in at least one of the periods 1..n',
    unbounded Array(UInt32) COMMENT 'users active in period n or later, as far as seen'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, period, cohort, activity, by, value, cohort_day)
