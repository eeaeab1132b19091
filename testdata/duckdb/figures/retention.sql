-- Retention by merchant, industry and platform: of the users of a cohort, how many
-- were active n periods later, within n periods, and n periods later or after.
WITH sliced AS (
    -- Every user stands in the whole, and by days in the part of a portal too.
    SELECT *, '' AS slice FROM cohorts WHERE period <> 'month'
    UNION ALL
    SELECT *, coalesce(portal, 'none') FROM cohorts WHERE period = 'day'
), measures AS (
    -- A user returns after each lag (day_n), first after the least (within_n), and last after the greatest (unbounded_n).
    SELECT s.* EXCLUDE (next, last), 'day_n' AS measure, a.number - s.number AS lag
    FROM sliced AS s
    JOIN active AS a USING (activity, period, unit, unit_id, user)
    WHERE a.number BETWEEN s.number AND s.number + 30
    UNION ALL
    SELECT * EXCLUDE (next, last), 'within_n', next - number FROM sliced
    UNION ALL
    SELECT * EXCLUDE (next, last), 'unbounded_n', last - number FROM sliced
), lags AS (
    SELECT activity, period, cohort, unit, unit_id, number, slice, measure, lag, count(*) AS users
    FROM measures
    WHERE lag IS NOT NULL
    GROUP BY ALL
), sizes AS (
    SELECT activity, period, cohort, unit, unit_id, any_value(industry) AS industry, number, slice, count(*) AS users
    FROM sliced
    GROUP BY ALL
), due AS (
    SELECT
        s.*, measure, n,
        period_start(period, number) AS cohort_day,
        closed(period_start(period, number + n + 1) - 1) AS over
    FROM sizes AS s
    CROSS JOIN range(31) AS _ (n)
    CROSS JOIN (VALUES ('day_n'), ('within_n'), ('unbounded_n')) AS kinds (measure)
    WHERE (measure <> 'within_n' OR n > 0)
        AND (slice = '' OR (n = 7 AND measure = 'within_n'))
        AND begun(period_start(period, number + CASE measure WHEN 'within_n' THEN 1 ELSE n END))
), cells AS (
    SELECT
        d.* EXCLUDE (users, number), d.users AS cohort_users,
        coalesce(sum(l.users) FILTER (WHERE CASE measure WHEN 'day_n' THEN lag = n WHEN 'within_n' THEN lag <= n ELSE lag >= n END), 0)
            AS returned_users
    FROM due AS d
    LEFT JOIN lags AS l USING (activity, period, cohort, unit, unit_id, number, slice, measure)
    GROUP BY ALL
), unit_rows AS (
    SELECT
        activity, period, cohort, unit, unit_id, industry, slice, measure, n, cohort_day,
        sum(cohort_users) AS cohort_users, sum(returned_users) AS returned_users, bool_and(over) AS over
    FROM cells
    WHERE over
    GROUP BY GROUPING SETS (
        (activity, period, cohort, unit, unit_id, industry, slice, measure, n),
        (activity, period, cohort, unit, unit_id, industry, slice, measure, n, cohort_day))
    UNION ALL
    SELECT
        activity, period, cohort, unit, unit_id, industry, slice, measure, n, cohort_day,
        cohort_users, returned_users, over
    FROM cells
    WHERE NOT over
), scoped AS (
    SELECT
        CASE unit WHEN 'merchant' THEN unit_id END AS merchant_id,
        CASE WHEN unit = 'industry' THEN unit_id END AS industry,
        CASE WHEN unit <> 'merchant' THEN 'distinct' END AS aggregation,
        * EXCLUDE (unit, unit_id, industry), returned_users / cohort_users AS rate
    FROM unit_rows
    UNION ALL
    SELECT
        NULL, industry, aggregation, activity, period, cohort, slice, measure, n, cohort_day,
        CASE aggregation WHEN 'pooled' THEN sum(cohort_users) END,
        CASE aggregation WHEN 'pooled' THEN sum(returned_users) END,
        bool_and(over),
        CASE aggregation WHEN 'pooled' THEN sum(returned_users) / sum(cohort_users) ELSE avg(returned_users / cohort_users) END
    FROM unit_rows
    CROSS JOIN (VALUES ('pooled'), ('merchant_mean')) AS ways (aggregation)
    WHERE unit = 'merchant'
    GROUP BY GROUPING SETS (
        (industry, aggregation, activity, period, cohort, slice, measure, n, cohort_day),
        (aggregation, activity, period, cohort, slice, measure, n, cohort_day))
)
SELECT
    merchant_id, industry, aggregation, activity, period, cohort, CASE slice WHEN '' THEN NULL ELSE 'portal' END AS "by", nullif(nullif(slice, ''), 'none') AS value,
    measure, n, cohort_day, cohort_users, returned_users, rate,
    CASE WHEN over AND measure <> 'unbounded_n' THEN 'final' ELSE 'open' END AS state
FROM scoped
-- Single merchants are compared by day, by new visitors and as a whole; the rest
-- shows in the figures of their industry.
WHERE CASE
    WHEN merchant_id IS NULL THEN activity = 'visit' OR (n = 7 AND period = 'day')
    ELSE period = 'day' AND slice = '' AND activity = 'visit' AND cohort = 'new'
END
