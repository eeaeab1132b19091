SELECT max(off) AS off, toUInt64(count()) AS found
FROM dead_letters_sent
WHERE kind = {kind:String} AND topic_epoch = {topic_epoch:UInt32} AND part = {part:UInt32}
