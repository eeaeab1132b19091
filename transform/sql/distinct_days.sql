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
        u.first_at AS first_at
    FROM user_days_by_run AS u
    WHERE
        u.merchant_id IN (SELECT merchant_id FROM members)
        AND (
            u.run = {run:UInt64}
            OR (
                (u.merchant_id, u.run) IN (SELECT merchant_id, run FROM current_runs)
                AND u.merchant_id NOT IN (SELECT merchant_id FROM keys)
            )
        )
    UNION ALL
    SELECT
        f.person,
        f.register,
        f.portal,
        false,
        false,
        f.register,
        true,
        toDateTime64(0, 3, 'UTC')
    FROM first_days_by_run AS f
    WHERE
        f.register > toDate(0)
        AND f.merchant_id IN (SELECT merchant_id FROM members)
        AND (
            f.run = {run:UInt64}
            OR (
                (f.merchant_id, f.run) IN (SELECT merchant_id, run FROM current_runs)
                AND f.merchant_id NOT IN (SELECT merchant_id FROM keys)
            )
        )
)
ORDER BY person, day, visited DESC, first_at
SETTINGS max_bytes_before_external_sort = 1000000000
