INSERT INTO transactions_placed (merchant_id, person, placed_at, transaction_id, event_time, event_id, event_hash, version, is_deleted, lease_until, kind, amount, method, lever)
SELECT
    merchant_id,
    person,
    event_time + 600 AS placed_at,
    concat('t', event_id),
    placed_at,
    concat('t', event_id),
    xxh3(concat('t', event_id)),
    version,
    0,
    now64(3) + 3600,
    'payment',
    toDecimal64(cityHash64(event_id) % 20000, 2) / 100,
    cityHash64(event_id, 'method') % 8 + 1,
    1
FROM entries_placed
WHERE version = {version:UInt64} AND cityHash64(event_id, 'pays') % 10 = 0
SETTINGS max_partitions_per_insert_block = 0
