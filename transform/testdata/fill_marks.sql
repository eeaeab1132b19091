INSERT INTO marks (version, merchant_id, person, new_day, cause, lease_until)
SELECT DISTINCT
    version,
    merchant_id,
    person,
    toInt32(toDate(event_time, 'Asia/Shanghai')),
    'events',
    now64(3) + 3600
FROM entries_placed
WHERE version = {version:UInt64}
