-- +goose Up
CREATE TABLE uplift_figures
(
    run UInt64,
    industry String COMMENT 'empty for the platform',
    capability LowCardinality(String),
    result String COMMENT 'the estimate, its interval, event study and diagnostics, as JSON'
)
ENGINE = MergeTree
ORDER BY (run, industry, capability)
