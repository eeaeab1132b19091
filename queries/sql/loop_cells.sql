SELECT
    s.day AS day,
    step,
    countIf(cohort > 0) AS clusters,
    sum(cohort) AS v,
    sum(taken) AS c,
    sum(cohort * cohort) AS vv,
    sum(cohort * taken) AS vc,
    sum(taken * taken) AS cc
FROM loop_sums AS s
INNER JOIN merchants AS m ON m.merchant_id = s.merchant_id
ARRAY JOIN
    ['paid', 'claimed', 'collected_or_followed', 'came_back', 'redeemed', 'paid_again', 'paid_again_not_claimed'] AS step,
    arrayMap(n -> toFloat64(n), [s.paid, s.paid, s.paid, s.paid, s.paid, s.paid, toUInt64(s.paid - s.claimed)]) AS cohort,
    arrayMap(n -> toFloat64(n), [s.paid, s.claimed, s.kept, s.came_back, s.redeemed, s.paid_again, s.paid_again_not_claimed]) AS taken
WHERE
    (s.merchant_id, s.run) IN (SELECT merchant_id, run FROM current_runs)
    AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND ({industry:String} = '' OR m.industry = {industry:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0))
GROUP BY day, step
