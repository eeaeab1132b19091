INSERT INTO settled (kind, topic_epoch, part, off, planned, newest_event, log_end, version, step, lease_until)
SELECT
    'entry',
    0,
    0,
    0,
    0,
    max(event_time),
    1,
    {version:UInt64},
    2 * {version:UInt64} + 1,
    now64(3) + 3600
FROM entries_placed
