SELECT
    toUInt64(count()) AS found,
    max(newest.off) AS off,
    now64(3, 'UTC') + toIntervalMillisecond({lease_ms:UInt64}) AS lease_until
FROM
(
    SELECT off
    FROM {table:Identifier}
    WHERE topic_epoch = {topic_epoch:UInt32} AND part = {part:UInt32}
    ORDER BY topic_epoch DESC, part DESC, off DESC
    LIMIT 1
) AS newest
