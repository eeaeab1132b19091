SELECT
    kind,
    topic_epoch,
    partition,
    received,
    landed,
    refused,
    control,
    aborted,
    compacted,
    declared_loss,
    lag,
    adds_up
FROM ingest_ledger
ORDER BY kind, topic_epoch, partition
