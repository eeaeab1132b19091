-- New users by whether a gift brought them, merchants as clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    by_merchant AS (
        SELECT
            s.day AS day,
            s.gifted AS gifted,
            toFloat64(sum(s.users)) AS users,
            [toFloat64(sum(s.day_7)), toFloat64(sum(s.within_7))] AS came_back,
            sum(s.net) AS net
        FROM gift_cohorts AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.begun
        GROUP BY s.merchant_id, day, gifted
    )
SELECT
    day,
    gifted,
    measure,
    count() AS clusters,
    sum(users) AS v,
    sum(returned) AS c,
    sum(users * users) AS vv,
    sum(users * returned) AS vc,
    sum(returned * returned) AS cc,
    toDecimal64(sum(by_merchant.net), 2) AS net
FROM by_merchant
ARRAY JOIN
    ['day_7', 'within_7'] AS measure,
    came_back AS returned
GROUP BY day, gifted, measure
ORDER BY day, gifted DESC, measure
