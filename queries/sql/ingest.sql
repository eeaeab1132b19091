SELECT
    l.kind AS kind,
    toInt64(l.topic_epoch) AS topic_epoch,
    toInt64(l.partition) AS partition,
    l.received AS received,
    l.landed AS landed,
    l.refused AS refused,
    l.control AS control,
    l.aborted AS aborted,
    l.compacted AS compacted,
    l.declared_loss AS declared_loss,
    s.settled AS settled,
    l.lag AS lag,
    l.newest_event AS newest_event,
    toBool(l.adds_up) AS adds_up
FROM ingest_ledger AS l
LEFT JOIN (
    SELECT
        toString(settled.kind) AS kind,
        topic_epoch,
        part,
        off + 1 AS settled
    FROM settled
    FINAL
) AS s ON s.kind = l.kind AND s.topic_epoch = l.topic_epoch AND s.part = l.partition
ORDER BY l.topic_epoch, indexOf(['entry', 'transaction', 'coupon', 'merchant'], l.kind), l.partition
