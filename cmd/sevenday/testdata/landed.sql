-- What was delivered of each kind, in whatever order: the sum of the payloads' hashes modulo 2^64.
SELECT kind, count(), countIf(status = 'refused'), toString(sum(payload_hash))
FROM (
    SELECT 'entry' AS kind, toString(entries_log.status) AS status, payload_hash FROM entries_log FINAL WHERE entries_log.status != 'skipped'
    UNION ALL
    SELECT 'transaction' AS kind, toString(transactions_log.status) AS status, payload_hash FROM transactions_log FINAL WHERE transactions_log.status != 'skipped'
    UNION ALL
    SELECT 'coupon' AS kind, toString(coupons_log.status) AS status, payload_hash FROM coupons_log FINAL WHERE coupons_log.status != 'skipped'
    UNION ALL
    SELECT 'merchant' AS kind, toString(merchants_log.status) AS status, payload_hash FROM merchants_log FINAL WHERE merchants_log.status != 'skipped'
)
GROUP BY kind
ORDER BY kind
FORMAT TSV
