WITH
    cells AS (
        SELECT
            m.time_zone AS time_zone,
            s.value AS value,
            s.cohort_day AS cohort_day,
            measure,
            arrayMap(x -> toFloat64(s.users), counts) AS cohort,
            arrayMap(x -> toFloat64(x), counts) AS back
        FROM retention_sums AS s
        INNER JOIN merchants AS m ON m.merchant_id = s.merchant_id
        ARRAY JOIN
            ['day_n', 'within_n', 'unbounded_n'] AS measure,
            [s.returned, s.within, s.unbounded] AS counts
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
            AND s.period = {period:String}
            AND s.cohort = {cohort:String}
            AND s.activity = {activity:String}
            AND s.by = {by:String}
            AND s.cohort_day >= {from:Date}
            AND s.cohort_day < {to:Date}
    )
SELECT
    time_zone,
    value,
    cohort_day,
    measure,
    sumForEach(arrayMap(x -> toFloat64(1), cohort)) AS merchants,
    sumForEach(cohort) AS v,
    sumForEach(back) AS c,
    sumForEach(arrayMap(x -> x * x, cohort)) AS vv,
    sumForEach(arrayMap((x, y) -> x * y, cohort, back)) AS vc,
    sumForEach(arrayMap(y -> y * y, back)) AS cc,
    sumKahanForEach(arrayMap((x, y) -> y / x, cohort, back)) AS rate,
    sumKahanForEach(arrayMap((x, y) -> y * y / (x * x), cohort, back)) AS rate_squared
FROM cells
GROUP BY time_zone, value, cohort_day, measure
ORDER BY value, cohort_day, time_zone, measure
