SELECT
    merchant_id,
    person,
    event_time,
    event_hash,
    version,
    is_deleted,
    action,
    portal,
    terminal,
    if(session_id = '', 0, xxh3(session_id)) AS session,
    store_id,
    campaign_id
FROM entries_placed
WHERE merchant_id IN (SELECT merchant_id FROM keys) AND event_time >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
ORDER BY merchant_id, person, event_time, event_id
