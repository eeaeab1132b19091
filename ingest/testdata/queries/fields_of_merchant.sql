SELECT toString((merchant_id, name, owner, store_ids, store_names, store_cities, industry, city, time_zone, currency, user_id_scope, settlement_days, capability_names, capability_enabled_at, capability_disabled_at, arrayMap(x -> toUInt8(x), capability_void), updated_at, toUInt8(content_hash != 0))) AS row
FROM merchants_log
