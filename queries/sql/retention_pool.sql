WITH
    cells AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.value AS value,
            measure,
            s.users AS users,
            counts,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            multiIf(
                s.period = 'day', dateDiff('day', s.cohort_day, closed),
                s.period = 'week', toInt64(floor((dateDiff('day', s.cohort_day, closed) - 6) / 7)),
                dateDiff('month', s.cohort_day, closed + 1) - 1
            ) AS last_final
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
    ),
    merchants_pooled AS (
        SELECT
            value,
            measure,
            sumForEach(arrayMap((x, n) -> if(n <= last_final, toFloat64(users), 0.), counts, range(length(counts)))) AS cohort,
            sumForEach(arrayMap((x, n) -> if(n <= last_final, toFloat64(x), 0.), counts, range(length(counts)))) AS back
        FROM cells
        GROUP BY merchant_id, value, measure
    )
SELECT
    '' AS time_zone,
    value,
    toDate(0) AS cohort_day,
    measure,
    sumForEach(arrayMap(x -> toFloat64(x > 0), cohort)) AS merchants,
    sumForEach(cohort) AS v,
    sumForEach(back) AS c,
    sumForEach(arrayMap(x -> x * x, cohort)) AS vv,
    sumForEach(arrayMap((x, y) -> x * y, cohort, back)) AS vc,
    sumForEach(arrayMap(y -> y * y, back)) AS cc,
    sumKahanForEach(arrayMap((x, y) -> if(x > 0, y / x, 0.), cohort, back)) AS rate,
    sumKahanForEach(arrayMap((x, y) -> if(x > 0, y * y / (x * x), 0.), cohort, back)) AS rate_squared
FROM merchants_pooled
GROUP BY value, measure
ORDER BY value, measure
