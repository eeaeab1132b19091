-- What became of every offset of every Kafka partition. Offsets count from 0, so
-- the last one tells how many were received; adds_up is the proof that each of
-- them was landed, refused, or found to hold no record.
CREATE OR REPLACE VIEW ingest_ledger AS
WITH coordinates AS
(
    SELECT
        'entry' AS kind,
        topic_epoch,
        part,
        off,
        status,
        reason,
        control,
        aborted,
        compacted,
        declared_loss,
        log_end,
        stored_at,
        least(event_time, kafka_time) AS capped_event_time
    FROM entries_log FINAL
    UNION ALL
    SELECT
        'transaction' AS kind,
        topic_epoch,
        part,
        off,
        status,
        reason,
        control,
        aborted,
        compacted,
        declared_loss,
        log_end,
        stored_at,
        least(event_time, kafka_time) AS capped_event_time
    FROM transactions_log FINAL
    UNION ALL
    SELECT
        'coupon' AS kind,
        topic_epoch,
        part,
        off,
        status,
        reason,
        control,
        aborted,
        compacted,
        declared_loss,
        log_end,
        stored_at,
        least(event_time, kafka_time) AS capped_event_time
    FROM coupons_log FINAL
    UNION ALL
    SELECT
        'merchant' AS kind,
        topic_epoch,
        part,
        off,
        status,
        reason,
        control,
        aborted,
        compacted,
        declared_loss,
        log_end,
        stored_at,
        least(updated_at, kafka_time) AS capped_event_time
    FROM merchants_log FINAL
)
SELECT
    kind,
    topic_epoch,
    part AS partition,
    max(off) + 1 AS received,
    toInt64(countIf(status = 'ok')) AS landed,
    toInt64(countIf(status = 'refused')) AS refused,
    sumMapIf(map(toString(reason), toUInt64(1)), status = 'refused') AS refused_by_reason,
    toInt64(sum(coordinates.control)) AS control,
    toInt64(sum(coordinates.aborted)) AS aborted,
    toInt64(sum(coordinates.compacted)) AS compacted,
    toInt64(sum(coordinates.declared_loss)) AS declared_loss,
    greatest(argMax(log_end, off) - received, 0) AS lag,
    maxIf(capped_event_time, status = 'ok') AS newest_event,
    max(stored_at) AS last_stored_at,
    received = landed + refused + control + aborted + compacted + declared_loss AS adds_up
FROM coordinates
GROUP BY kind, topic_epoch, part
