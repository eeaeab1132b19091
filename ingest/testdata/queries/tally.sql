SELECT
    count() AS record_count,
    uniqExact(topic_epoch, part, off) AS offset_count,
    sum(payload_hash) AS hash_sum,
    countIf(status = 'refused') AS refused_count
FROM {table:Identifier}
WHERE status != 'skipped'
