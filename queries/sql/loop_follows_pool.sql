-- The closed days of each merchant, by portal and in all, merchants as clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    by_merchant AS (
        SELECT
            toDate(0) AS day,
            portal_or_all AS portal,
            toInt64(sum(s.visits)) AS visits,
            toInt64(sum(s.collects)) AS collects,
            toInt64(sum(s.uncollects)) AS uncollects,
            toInt64(sum(s.follows)) AS follows,
            toInt64(sum(s.unfollows)) AS unfollows,
            sum(s.net_collects) AS net_collects,
            sum(s.net_followers) AS net_followers
        FROM follow_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        ARRAY JOIN ['', if(s.portal = '', 'other', toString(s.portal))] AS portal_or_all
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.closed
        GROUP BY s.merchant_id, day, portal_or_all
    )
SELECT
    w.day AS day,
    w.portal AS portal,
    sum(w.visits) AS visits,
    sum(w.collects) AS collects,
    sum(w.uncollects) AS uncollects,
    sum(w.follows) AS follows,
    sum(w.unfollows) AS unfollows,
    sum(w.net_collects) AS net_collects,
    sum(w.net_followers) AS net_followers,
    countIf(w.visits > 0) AS clusters,
    sum(toFloat64(w.visits) * w.visits) AS vv,
    sum(toFloat64(w.visits) * w.collects) AS collects_vc,
    sum(toFloat64(w.collects) * w.collects) AS collects_cc,
    sum(toFloat64(w.visits) * w.follows) AS follows_vc,
    sum(toFloat64(w.follows) * w.follows) AS follows_cc
FROM by_merchant AS w
GROUP BY day, portal
