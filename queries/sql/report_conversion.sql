-- The final days of each merchant, merchants as clusters, for the platform
-- (industry '') and each industry in one pass.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            m.settlement_days + {window_days:UInt16} AS delay
        FROM merchants AS m
    ),
    merchants_pooled AS (
        SELECT
            m.industry AS industry,
            toFloat64(sum(s.visits)) AS visits,
            toFloat64(sum(s.converted)) AS converted
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            s.day >= {from:Date}
            AND s.day < {to:Date}
            AND NOT s.by_portal
            AND s.day + m.delay <= m.closed
        GROUP BY s.merchant_id, m.industry
    )
SELECT
    scope,
    count() AS clusters,
    sum(visits) AS v,
    sum(converted) AS c,
    sum(visits * visits) AS vv,
    sum(visits * converted) AS vc,
    sum(converted * converted) AS cc
FROM merchants_pooled
ARRAY JOIN ['', industry] AS scope
GROUP BY scope
