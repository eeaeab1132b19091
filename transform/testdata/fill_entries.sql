INSERT INTO entries_placed (merchant_id, person, event_time, event_id, event_hash, version, is_deleted, lease_until, action, portal, terminal, session_id)
SELECT
    concat('m', leftPad(toString(cityHash64(user, 'merchant', cityHash64(number) % 3) % {merchants:UInt32}), 5, '0')) AS merchant_id,
    user,
    fromUnixTimestamp64Milli(toInt64({start:Int64} + day * 86400000 + cityHash64(number, 'time') % 86400000), 'UTC'),
    concat({prefix:String}, toString(number)) AS event_id,
    xxh3(event_id),
    {version:UInt64},
    0,
    now64(3) + 3600,
    'visit',
    cityHash64(number, 'portal') % 7 + 1,
    1,
    ''
FROM (
    SELECT
        number,
        cityHash64(number, 'user') % {users:UInt32} + 1 AS user,
        {first:UInt32} + if(
            cityHash64(number, 'late') % 100 < {late:UInt8},
            -1 - toInt64(cityHash64(number, 'days') % 5),
            toInt64(intDiv(number, {per_day:UInt32}))
        ) AS day
    FROM numbers({events:UInt64})
)
SETTINGS max_partitions_per_insert_block = 0
