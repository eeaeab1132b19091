SELECT
    l.merchant_id AS merchant_id,
    any(m.time_zone) AS time_zone,
    max(least(l.event_time, l.kafka_time)) AS newest_event
FROM {table:Identifier} AS l
INNER JOIN merchants AS m ON m.merchant_id = l.merchant_id
WHERE
    l.topic_epoch = (SELECT max(topic_epoch) FROM {table:Identifier})
    AND l.part = {part:UInt32}
    AND l.off >= {from:Int64}
    AND l.off < {to:Int64}
    AND l.status = 'ok'
    AND NOT l.deleted
GROUP BY merchant_id
