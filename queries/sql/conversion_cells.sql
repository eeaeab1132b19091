-- Clusters are users for one merchant, merchants for more of them.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    days AS (
        SELECT
            m.currency AS currency,
            s.day AS day,
            if(s.by_portal, if(s.portal = '', 'other', toString(s.portal)), '') AS value,
            s.users AS users,
            toFloat64(s.visits) AS visits,
            toFloat64(s.converted) AS converted,
            s.vv AS user_vv,
            s.vc AS user_vc,
            s.cc AS user_cc,
            s.gross AS gross,
            s.net AS net
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.by_portal <= {by_portal:Bool}
            AND s.day <= m.begun
    )
SELECT
    currency,
    day,
    value,
    if({merchant:String} = '', count(), sum(users)) AS clusters,
    sum(visits) AS v,
    sum(converted) AS c,
    if({merchant:String} = '', sum(visits * visits), toFloat64(sum(user_vv))) AS vv,
    if({merchant:String} = '', sum(visits * converted), toFloat64(sum(user_vc))) AS vc,
    if({merchant:String} = '', sum(converted * converted), toFloat64(sum(user_cc))) AS cc,
    toDecimal64(sum(days.gross), 2) AS gross,
    toDecimal64(sum(days.net), 2) AS net
FROM days
GROUP BY currency, day, value
