-- The final days of one merchant, users as clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            m.settlement_days + {window_days:UInt16} AS delay
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
            toFloat64(countIf(s.converted)) AS converted,
            sum(s.gross) AS gross,
            sum(s.net) AS net
        FROM visits AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        ARRAY JOIN if({by_portal:Bool}, ['', if(s.portal = '', 'other', toString(s.portal))], ['']) AS value
        WHERE
            s.merchant_id = {merchant:String}
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day + m.delay <= m.closed
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
