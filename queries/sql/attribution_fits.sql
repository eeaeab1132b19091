-- The transitions of the industries in scope, by month, and of those merchants in
-- scope that have enough conversions in a month for a fit of their own.
WITH
    everyone AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String}) AS in_scope
        FROM merchants AS m
    ),
    months AS (
        SELECT
            e.industry AS industry,
            e.in_scope AS in_scope,
            t.merchant_id AS merchant_id,
            t.month AS month,
            toUInt8(t.source) AS source_state,
            toUInt8(t.target) AS target_state,
            t.transitions AS transitions
        FROM portal_transitions AS t
        INNER JOIN everyone AS e ON e.merchant_id = t.merchant_id
        WHERE
            e.industry IN (SELECT industry FROM everyone WHERE in_scope)
            AND t.month >= toStartOfMonth({from:Date})
            AND t.month < {to:Date}
    ),
    fitted AS (
        SELECT
            merchant_id,
            month
        FROM months
        WHERE in_scope AND target_state = {conversion:UInt8}
        GROUP BY merchant_id, month
        HAVING sum(transitions) >= {least:UInt64}
    )
SELECT
    industry,
    '' AS merchant_id,
    month,
    source_state,
    target_state,
    sum(transitions) AS transitions
FROM months
GROUP BY industry, month, source_state, target_state
UNION ALL
SELECT
    industry,
    merchant_id,
    month,
    source_state,
    target_state,
    transitions
FROM months
WHERE (merchant_id, month) IN (SELECT merchant_id, month FROM fitted)
