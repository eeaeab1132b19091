-- +goose Up
CREATE TABLE coupons_log
(
    topic_epoch UInt32 COMMENT 'raised by an operator when a topic was re-created',
    part UInt32 COMMENT 'Kafka partition',
    off Int64 COMMENT 'Kafka offset; of a skipped row the last offset it covers',
    kafka_time DateTime64(3, 'UTC'),
    batch_time DateTime64(3, 'UTC') COMMENT 'Kafka time of the first record of the batch, the same for every rival batch that starts there',
    log_end Int64 COMMENT 'the end of the Kafka partition when the batch was fetched',
    lease_until DateTime64(3, 'UTC') COMMENT 'the writer''s lease on the server''s clock',
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3),
    status Enum8('ok' = 1, 'refused' = 2, 'skipped' = 3),
    reason LowCardinality(String) COMMENT 'why the record was refused, from a closed list',
    field LowCardinality(String) COMMENT 'the field it was refused for',
    detail String COMMENT 'one sentence that says what to do',
    sealed String COMMENT 'a refused record''s bytes, sealed under the operator''s key',
    payload_bytes UInt32,
    payload_hash UInt64 COMMENT 'xxh3 of the bytes as received',
    unknown_fields UInt16 COMMENT 'how many fields the contract does not know',
    control UInt32 COMMENT 'of a skipped row: control records covered',
    aborted UInt32 COMMENT 'of a skipped row: records of aborted transactions',
    compacted UInt32 COMMENT 'of a skipped row: offsets that compaction or a transaction left empty',
    declared_loss UInt64 COMMENT 'of a skipped row: offsets an operator declared lost',
    merchant_id String,
    event_id String,
    event_time DateTime64(3, 'UTC'),
    store_id String,
    user UInt64 COMMENT 'keyed hash; 0 = absent',
    anonymous UInt64 COMMENT 'keyed hash; 0 = absent',
    no_consent Bool,
    revision UInt32,
    deleted Bool,
    content_hash UInt64 COMMENT 'of the decoded fields without the ids of people',
    coupon_id String,
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4),
    stage Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8),
    to_user UInt64 COMMENT 'keyed hash of who got the gift',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9),
    face_value Decimal(18, 2),
    min_spend Decimal(18, 2),
    valid_until DateTime64(3, 'UTC') COMMENT '1970 = absent',
    transaction_id String,
    CONSTRAINT lease_held CHECK lease_until > now64(3)
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(batch_time)
ORDER BY (topic_epoch, part, off)
SETTINGS non_replicated_deduplication_window = 100000, fsync_after_insert = 1
