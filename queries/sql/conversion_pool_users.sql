-- The final days of one merchant, users as clusters.
WITH
    users_pooled AS (
        SELECT
            m.currency AS currency,
            value,
            toFloat64(count()) AS visits,
            toFloat64(countIf(v.converted)) AS converted,
            sum(v.gross) AS gross,
            sum(v.net) AS net
        FROM visits_by_run AS v
        INNER JOIN merchants AS m ON m.merchant_id = v.merchant_id
        ARRAY JOIN if({by_portal:Bool}, ['', if(v.portal = '', 'other', toString(v.portal))], ['']) AS value
        WHERE
            (v.merchant_id, v.run) IN (SELECT merchant_id, run FROM current_runs)
            AND v.merchant_id = {merchant:String}
            AND v.day >= {from:Date}
            AND v.day < {to:Date}
            AND v.day + {window_days:UInt16} + m.settlement_days <= transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0))
        GROUP BY v.person, currency, value
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
