-- +goose Up
CREATE TABLE publications
(
    run UInt64 COMMENT 'of a merchant the newest row says which rows count',
    merchant_id String COMMENT 'empty: the publication as a whole, with the figures over merchants',
    published_at DateTime64(3, 'UTC') DEFAULT now64(3),
    base_run UInt64 COMMENT 'the publication this one follows',
    watermark DateTime64(3, 'UTC') COMMENT 'event time before which days are complete',
    as_of DateTime64(3, 'UTC') COMMENT 'event time up to which events were seen',
    settled_version UInt64 COMMENT 'the last settling pass whose marks are in the figures',
    definition_version UInt32,
    revision UInt32 COMMENT 'how often the merchant''s figures were published',
    cause LowCardinality(String) COMMENT 'why: first publication, new rule, rebuild, or what came: new events, late events, refund, correction, deletion, link, merchant record',
    from_span Date COMMENT 'the first week whose rows the run made anew',
    segment_from Array(Date) COMMENT 'ascending: from each of these weeks up to the next, ...',
    segment_run Array(UInt64) COMMENT '... the rows of this run count'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run)
SETTINGS non_replicated_deduplication_window = 100000, fsync_after_insert = 1
