CREATE TABLE every_type
(
    number UInt64,
    day Date,
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY number
SETTINGS non_replicated_deduplication_window = 100
