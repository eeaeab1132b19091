-- Every record that was refused, with its reason; the sealed bytes stay in the logs.
CREATE OR REPLACE VIEW dead_letters AS
SELECT
    'entry' AS kind,
    'sevenday.entries' AS topic,
    topic_epoch,
    part AS partition,
    off AS offset,
    kafka_time,
    stored_at,
    reason,
    field,
    detail,
    merchant_id,
    payload_bytes
FROM entries_log FINAL
WHERE status = 'refused'
UNION ALL
SELECT
    'transaction' AS kind,
    'sevenday.transactions' AS topic,
    topic_epoch,
    part AS partition,
    off AS offset,
    kafka_time,
    stored_at,
    reason,
    field,
    detail,
    merchant_id,
    payload_bytes
FROM transactions_log FINAL
WHERE status = 'refused'
UNION ALL
SELECT
    'coupon' AS kind,
    'sevenday.coupons' AS topic,
    topic_epoch,
    part AS partition,
    off AS offset,
    kafka_time,
    stored_at,
    reason,
    field,
    detail,
    merchant_id,
    payload_bytes
FROM coupons_log FINAL
WHERE status = 'refused'
UNION ALL
SELECT
    'merchant' AS kind,
    'sevenday.merchants' AS topic,
    topic_epoch,
    part AS partition,
    off AS offset,
    kafka_time,
    stored_at,
    reason,
    field,
    detail,
    merchant_id,
    payload_bytes
FROM merchants_log FINAL
WHERE status = 'refused'
