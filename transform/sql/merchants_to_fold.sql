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
    updated_at,
    toUInt32(p.revision) AS revision,
    p.definition_version AS definition_version
FROM merchants AS m
LEFT JOIN (
    SELECT
        merchant_id,
        max(publications.revision) AS revision,
        max(publications.definition_version) AS definition_version
    FROM publications
    GROUP BY merchant_id
) AS p USING (merchant_id)
WHERE
    p.definition_version < {definition_version:UInt32}
    OR merchant_id IN (SELECT merchant_id FROM marks WHERE version > {after:UInt64} AND version <= {through:UInt64})
ORDER BY merchant_id
