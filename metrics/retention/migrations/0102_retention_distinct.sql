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
    day Date COMMENT 'first day of the period of the return',
    back Array(UInt32) COMMENT 'users of the cohort of the n-th period before who were active in this one, n = 0..30; zeros at the end are left out',
    first Array(UInt32) COMMENT 'those of them who had not been active in between, n = 1..30',
    later Array(UInt32) COMMENT 'users of this period''s own cohort who were active in the n-th period after it or later, as far as seen'
)
ENGINE = MergeTree
ORDER BY (run, industry, period, cohort, activity, by, value, day)
