SELECT
    kind,
    topic_epoch,
    part,
    off,
    planned,
    newest_event,
    log_end,
    version
FROM settled
FINAL
ORDER BY kind, topic_epoch, part
