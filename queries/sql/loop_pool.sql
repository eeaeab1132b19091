-- Each step over the days of each merchant that are final for it: those with
-- the step's number of days closed after them. Arrays run over the steps, in the
-- order in which they are named below.
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
    merchants_pooled AS (
        SELECT
            sumForEach(arrayMap(
                (n, days) -> if(s.day + days <= m.closed, toFloat64(n), 0.),
                [s.paid, s.paid, s.paid, s.paid, s.paid, s.paid, toUInt64(s.paid - s.claimed)],
                {step_days:Array(UInt16)}
            )) AS cohorts,
            sumForEach(arrayMap(
                (n, days) -> if(s.day + days <= m.closed, toFloat64(n), 0.),
                [s.paid, s.claimed, s.kept, s.came_back, s.redeemed, s.paid_again, s.paid_again_not_claimed],
                {step_days:Array(UInt16)}
            )) AS takers
        FROM loop_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.closed
        GROUP BY s.merchant_id
    ),
    pooled AS (
        SELECT
            sumForEach(arrayMap(n -> toUInt64(n > 0), cohorts)) AS merchants,
            sumForEach(cohorts) AS v,
            sumForEach(takers) AS c,
            sumForEach(arrayMap(n -> n * n, cohorts)) AS vv,
            sumForEach(arrayMap((n, k) -> n * k, cohorts, takers)) AS vc,
            sumForEach(arrayMap(k -> k * k, takers)) AS cc
        FROM merchants_pooled
        HAVING count() > 0
    )
SELECT
    toDate(0) AS day,
    step,
    clusters,
    v,
    c,
    vv,
    vc,
    cc
FROM pooled
ARRAY JOIN
    {steps:Array(String)} AS step,
    merchants AS clusters,
    v,
    c,
    vv,
    vc,
    cc
