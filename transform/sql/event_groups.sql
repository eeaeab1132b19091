SELECT DISTINCT
    kind,
    merchant_id,
    event_id
FROM event_groups
WHERE (relation, merchant_id, group_key) IN (
    SELECT CAST(relation, 'Enum8(\'order\' = 1, \'anonymous\' = 2, \'link\' = 3)'), merchant_id, group_key FROM keys
)
