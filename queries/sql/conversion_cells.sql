-- Clusters are users for one merchant, merchants for more of them. A user counts
-- once on a day at one merchant where users are counted.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
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
            multiIf(
                s.by_portal, if(s.portal = '', 'other', toString(s.portal)),
                {by:String} = 'industry', m.industry,
                ''
            ) AS value,
            if({of_users:Bool}, s.visitors, s.users) AS users,
            toFloat64(if({of_users:Bool}, s.visitors, s.visits)) AS visits,
            toFloat64(multiIf(
                {of_users:Bool} AND {of_net:Bool}, s.visitors_kept,
                {of_users:Bool}, s.visitors_converted,
                {of_net:Bool}, s.kept,
                s.converted
            )) AS converted,
            if({of_users:Bool}, visits, toFloat64(s.vv)) AS user_vv,
            if({of_users:Bool}, converted, toFloat64(if({of_net:Bool}, s.vk, s.vc))) AS user_vc,
            if({of_users:Bool}, converted, toFloat64(if({of_net:Bool}, s.kk, s.cc))) AS user_cc,
            s.gross AS gross,
            s.net AS net
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.by_portal <= ({by:String} = 'portal')
            AND (NOT {of_users:Bool} OR s.visitors > 0)
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
