SELECT off, kafka_time, stored_at, reason, field, detail, merchant_id, payload_bytes, sealed
FROM {table:Identifier}
WHERE topic_epoch = {topic_epoch:UInt32}
    AND part = {part:UInt32}
    AND off > {after:Int64}
    AND off <= {mark:Int64}
    AND status = 'refused'
ORDER BY topic_epoch, part, off
