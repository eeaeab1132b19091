-- Steps of the default funnel over the final days of each merchant, merchants as
-- clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(concat(m.time_zone, '/', toString(m.settlement_days)), {groups:Array(String)}, {final:Array(Date)}, toDate(0)) AS final_through
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    merchants_pooled AS (
        SELECT
            s.step AS step,
            toFloat64(sum(s.entered)) AS entered,
            toFloat64(sum(s.users)) AS users,
            tupleElement(sumMap(s.buckets, s.counts) AS times, 1) AS buckets,
            tupleElement(times, 2) AS counts
        FROM funnel_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.final_through
        GROUP BY s.merchant_id, s.step
    )
SELECT
    toDate(0) AS day,
    step,
    count() AS clusters,
    sum(entered) AS v,
    sum(users) AS c,
    sum(entered * entered) AS vv,
    sum(entered * users) AS vc,
    sum(users * users) AS cc,
    tupleElement(sumMap(merchants_pooled.buckets, merchants_pooled.counts) AS times, 1) AS buckets,
    tupleElement(times, 2) AS counts
FROM merchants_pooled
GROUP BY step
