SELECT
    merchant_id,
    name,
    time_zone,
    enabled_at,
    disabled_at
FROM merchants
ARRAY JOIN
    capability_names AS capability,
    capability_enabled_at AS enabled_at,
    capability_disabled_at AS disabled_at,
    capability_void AS void
WHERE capability = {capability:String} AND NOT void
ORDER BY merchant_id, enabled_at
