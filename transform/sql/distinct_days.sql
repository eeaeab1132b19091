-- The active days and registers, from the day reads on, of the persons of a
-- group's merchants.
WITH members AS (
    SELECT merchant_id
    FROM merchants
    WHERE user_id_scope = 'platform' AND ({industry:String} = '' OR industry = {industry:String})
)
SELECT
    person,
    day,
    portal,
    visited,
    paid,
    register_day,
    registered
FROM (
    SELECT
        u.person AS person,
        u.day AS day,
        u.portal AS portal,
        u.visited AS visited,
        u.payments > 0 AS paid,
        toDate(0) AS register_day,
        false AS registered,
        u.first_at AS first_at,
        u.merchant_id AS merchant_id
    FROM user_days_by_run AS u
    INNER JOIN spans AS s ON s.merchant_id = u.merchant_id AND s.run = u.run
    WHERE
        u.merchant_id IN (SELECT merchant_id FROM members)
        AND u.day >= {reads:Date}
        AND u.span >= s.from_span
        AND u.span < s.until_span
    UNION ALL
    SELECT
        f.person,
        f.register,
        f.portal,
        false,
        false,
        f.register,
        true,
        toDateTime64(0, 3, 'UTC'),
        ''
    FROM (
        SELECT
            k.person AS person,
            argMax((k.register, k.portal), k.run) AS newest,
            newest.1 AS register,
            newest.2 AS portal
        FROM first_days_by_run AS k
        INNER JOIN (
            SELECT
                merchant_id,
                minIf(run, from_span = toDate(0)) AS whole_run,
                max(run) AS last_run
            FROM spans
            GROUP BY merchant_id
        ) AS s ON s.merchant_id = k.merchant_id
        WHERE
            k.merchant_id IN (SELECT merchant_id FROM members)
            AND (k.run = {run:UInt64} OR k.run IN (SELECT run FROM published_runs))
            AND k.run >= s.whole_run
            AND k.run <= s.last_run
        GROUP BY k.merchant_id, k.person
    ) AS f
    WHERE f.register > toDate(0) AND f.register >= {reads:Date}
)
ORDER BY person, day, visited DESC, first_at, merchant_id
SETTINGS max_bytes_before_external_sort = 1000000000, optimize_aggregation_in_order = 1
