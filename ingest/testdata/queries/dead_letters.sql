SELECT kind, topic, partition, offset, reason, field, merchant_id, payload_bytes
FROM dead_letters
ORDER BY kind, partition, offset
