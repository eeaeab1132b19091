SELECT
    merchant_id,
    name,
    owner,
    store_ids,
    store_names,
    store_cities,
    industry,
    city,
    time_zone,
    currency,
    user_id_scope,
    settlement_days,
    capability_names,
    capability_enabled_at,
    capability_disabled_at,
    capability_void,
    updated_at
FROM merchants_settled
FINAL
WHERE declared AND merchant_id IN (SELECT merchant_id FROM keys)
