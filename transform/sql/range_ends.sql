SELECT
    topic_epoch,
    part,
    max(if(status = 'ok', least({event_time}, kafka_time), toDateTime64(0, 3, 'UTC'))) AS newest_event,
    max(log_end) AS log_end
FROM {log}
WHERE {ranges}
GROUP BY topic_epoch, part
