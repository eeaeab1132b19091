SELECT
    toInt64(count()) AS refused,
    min(kafka_time) AS first_time,
    argMin(offset, (kafka_time, offset)) AS first_offset,
    argMin(reason, (kafka_time, offset)) AS first_reason,
    argMin(field, (kafka_time, offset)) AS first_field,
    argMin(detail, (kafka_time, offset)) AS first_detail
FROM dead_letters
WHERE
    kind = {kind:String}
    AND topic_epoch = (SELECT max(topic_epoch) FROM settled WHERE kind = {kind:String})
    AND partition = {partition:UInt32}
    AND offset >= {from:Int64}
    AND offset < {to:Int64}
