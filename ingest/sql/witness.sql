SELECT off, kafka_time, payload_hash
FROM {table:Identifier}
WHERE topic_epoch = {topic_epoch:UInt32} AND part = {part:UInt32} AND status != 'skipped'
ORDER BY topic_epoch DESC, part DESC, off DESC
LIMIT 1
