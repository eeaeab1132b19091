-- +goose Up
CREATE TABLE retention_distinct_by_run
(
    merchant_id String COMMENT 'stands for all merchants together: * and the industry, * alone for the platform',
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    period LowCardinality(String) COMMENT 'day, week or month',
    cohort LowCardinality(String) COMMENT 'new or all',
    activity LowCardinality(String) COMMENT 'visit or paying',
    by LowCardinality(String) COMMENT 'the breakdown, empty for everybody',
    value LowCardinality(String) COMMENT 'the breakdown''s value',
    day Date COMMENT 'first day of the period of the return',
    back Array(UInt32) COMMENT 'users, each once however many merchants it visits, of the cohort of the n-th period before who were active in this one, n = 0..30; zeros at the end are left out',
    first Array(UInt32) COMMENT 'those of them who had not been active in between, for the same n; 0 for n = 0'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, period, cohort, activity, by, value, day)
