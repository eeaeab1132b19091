-- Arrays run over the steps, in the order in which they are named below.
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
    counts AS (
        SELECT
            s.day AS day,
            arrayMap(n -> toFloat64(n), [s.paid, s.paid, s.paid, s.paid, s.paid, s.paid, toUInt64(s.paid - s.claimed)]) AS cohorts,
            arrayMap(n -> toFloat64(n), [s.paid, s.claimed, s.kept, s.came_back, s.redeemed, s.paid_again, s.paid_again_not_claimed]) AS takers
        FROM loop_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.begun
    ),
    days AS (
        SELECT
            day,
            sumForEach(arrayMap(n -> toUInt64(n > 0), cohorts)) AS merchants,
            sumForEach(cohorts) AS v,
            sumForEach(takers) AS c,
            sumForEach(arrayMap(n -> n * n, cohorts)) AS vv,
            sumForEach(arrayMap((n, k) -> n * k, cohorts, takers)) AS vc,
            sumForEach(arrayMap(k -> k * k, takers)) AS cc
        FROM counts
        GROUP BY day
    )
SELECT
    day,
    step,
    clusters,
    v,
    c,
    vv,
    vc,
    cc
FROM days
ARRAY JOIN
    ['paid', 'claimed', 'collected_or_followed', 'came_back', 'redeemed', 'paid_again', 'paid_again_not_claimed'] AS step,
    merchants AS clusters,
    v,
    c,
    vv,
    vc,
    cc
