-- Steps of the default funnel by day, merchants as clusters. Times are added up
-- bucket by bucket.
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
    days AS (
        SELECT
            s.day AS day,
            s.step AS step,
            toFloat64(s.entered) AS entered,
            toFloat64(s.users) AS users,
            s.buckets AS buckets,
            s.counts AS counts
        FROM funnel_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.begun
    )
SELECT
    day,
    step,
    count() AS clusters,
    sum(entered) AS v,
    sum(users) AS c,
    sum(entered * entered) AS vv,
    sum(entered * users) AS vc,
    sum(users * users) AS cc,
    tupleElement(sumMap(days.buckets, days.counts) AS times, 1) AS buckets,
    tupleElement(times, 2) AS counts
FROM days
GROUP BY day, step
