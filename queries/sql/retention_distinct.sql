SELECT
    '' AS time_zone,
    value,
    cohort_day,
    measure,
    arrayMap(x -> toFloat64(1), counts) AS merchants,
    arrayMap(x -> toFloat64(users), counts) AS v,
    arrayMap(x -> toFloat64(x), counts) AS c,
    v AS vv,
    v AS vc,
    v AS cc,
    v AS rate,
    v AS rate_squared
FROM retention_distinct
ARRAY JOIN
    ['day_n', 'within_n', 'unbounded_n'] AS measure,
    [returned, within, unbounded] AS counts
WHERE
    run = (SELECT max(run) FROM published_runs)
    AND industry = {industry:String}
    AND period = {period:String}
    AND cohort = {cohort:String}
    AND activity = {activity:String}
    AND by = {by:String}
    AND cohort_day >= {from:Date}
    AND cohort_day < {to:Date}
ORDER BY value, cohort_day, measure
