-- +goose Up
CREATE TABLE retention_distinct
(
    run UInt64,
    industry String COMMENT 'empty for the platform',
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
ORDER BY (run, industry, period, cohort, activity, by, value, cohort_day)
