-- Each step over the days of each merchant that are final for it: those with
-- the step's number of days closed after them.
WITH
    merchants_pooled AS (
        SELECT
            step,
            toFloat64(sum(cohorts)) AS cohort,
            toFloat64(sum(takers)) AS taken
        FROM loop_sums AS s
        INNER JOIN merchants AS m ON m.merchant_id = s.merchant_id
        ARRAY JOIN
            ['paid', 'claimed', 'collected_or_followed', 'came_back', 'redeemed', 'paid_again', 'paid_again_not_claimed'] AS step,
            [s.paid, s.paid, s.paid, s.paid, s.paid, s.paid, toUInt64(s.paid - s.claimed)] AS cohorts,
            [s.paid, s.claimed, s.kept, s.came_back, s.redeemed, s.paid_again, s.paid_again_not_claimed] AS takers
        WHERE
            (s.merchant_id, s.run) IN (SELECT merchant_id, run FROM current_runs)
            AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day + transform(step, {steps:Array(String)}, {step_days:Array(UInt16)}, toUInt16(0))
                <= transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0))
        GROUP BY s.merchant_id, step
    )
SELECT
    toDate(0) AS day,
    step,
    countIf(cohort > 0) AS clusters,
    sum(cohort) AS v,
    sum(taken) AS c,
    sum(cohort * cohort) AS vv,
    sum(cohort * taken) AS vc,
    sum(taken * taken) AS cc
FROM merchants_pooled
GROUP BY step
