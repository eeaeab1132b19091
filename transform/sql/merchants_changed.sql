SELECT DISTINCT merchant_id
FROM merchants_log
WHERE status = 'ok' AND ({ranges})
