-- The final days of each merchant, merchants as clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
            m.currency AS currency,
            transform(concat(m.time_zone, '/', toString(m.settlement_days)), {groups:Array(String)}, {final:Array(Date)}, toDate(0)) AS final_through
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    merchants_pooled AS (
        SELECT
            m.currency AS currency,
            multiIf(
                s.by_portal, if(s.portal = '', 'other', toString(s.portal)),
                {by:String} = 'industry', m.industry,
                ''
            ) AS value,
            toFloat64(sum(if({of_users:Bool}, s.visitors, s.visits))) AS visits,
            toFloat64(sum(multiIf(
                {of_users:Bool} AND {of_net:Bool}, s.visitors_kept,
                {of_users:Bool}, s.visitors_converted,
                {of_net:Bool}, s.kept,
                s.converted
            ))) AS converted,
            sum(s.gross) AS gross,
            sum(s.net) AS net
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.by_portal <= ({by:String} = 'portal')
            AND (NOT {of_users:Bool} OR s.visitors > 0)
            AND s.day <= m.final_through
        GROUP BY s.merchant_id, currency, value
    )
SELECT
    currency,
    toDate(0) AS day,
    value,
    count() AS clusters,
    sum(visits) AS v,
    sum(converted) AS c,
    sum(visits * visits) AS vv,
    sum(visits * converted) AS vc,
    sum(converted * converted) AS cc,
    toDecimal64(sum(merchants_pooled.gross), 2) AS gross,
    toDecimal64(sum(merchants_pooled.net), 2) AS net
FROM merchants_pooled
GROUP BY currency, value
