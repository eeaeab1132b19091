-- The final days of one merchant, users as clusters.
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
    users_pooled AS (
        SELECT
            m.currency AS currency,
            value,
            toFloat64(count()) AS visits,
            toFloat64(countIf(multiIf(
                {of_users:Bool} AND {of_net:Bool}, s.user_kept,
                {of_users:Bool}, s.user_converted,
                {of_net:Bool}, s.kept,
                s.converted
            ))) AS converted,
            sum(s.gross) AS gross,
            sum(s.net) AS net
        FROM visits AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        ARRAY JOIN if({by:String} = 'portal', ['', if(s.portal = '', 'other', toString(s.portal))], [if({by:String} = 'industry', m.industry, '')]) AS value
        WHERE
            s.merchant_id = {merchant:String}
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.final_through
            AND (NOT {of_users:Bool} OR s.first_of_day)
        GROUP BY s.person, currency, value
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
    toDecimal64(sum(users_pooled.gross), 2) AS gross,
    toDecimal64(sum(users_pooled.net), 2) AS net
FROM users_pooled
GROUP BY currency, value
