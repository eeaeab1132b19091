-- stop: a week's active users came from some state, and leave it or stay in the next week
WITH
    flows AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.activity AS activity,
            s.week AS week,
            sum(s.outside_new) AS came_new,
            sum(s.outside_returning + s.new_returning + s.returning_returning + s.resurrected_returning + s.dormant_returning) AS came_returning,
            sum(s.outside_resurrected + s.dormant_resurrected) AS came_resurrected,
            sum(s.new_returning + s.new_dormant) AS went_new,
            sum(s.returning_returning + s.returning_dormant) AS went_returning,
            sum(s.resurrected_returning + s.resurrected_dormant) AS went_resurrected
        FROM lifecycle_flows_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.week >= fresh.from_span
        GROUP BY s.merchant_id, s.activity, s.week
    ),
    active AS (
        SELECT
            s.merchant_id AS merchant_id,
            toMonday(s.day) AS week,
            uniqExactIf(s.person, s.visited) AS visitors,
            uniqExactIf(s.person, s.payments > 0) AS buyers
        FROM user_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= (SELECT min(from_span) FROM fresh) AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, week
    ),
    users AS (
        SELECT
            merchant_id,
            week,
            activity,
            number
        FROM active
        ARRAY JOIN
            ['visit', 'paying'] AS activity,
            [visitors, buyers] AS number
    ),
    came AS (
        SELECT
            if(users.merchant_id != '', users.merchant_id, flows.merchant_id) AS merchant_id,
            if(users.merchant_id != '', users.week, flows.week) AS week,
            if(users.merchant_id != '', users.activity, toString(flows.activity)) AS activity,
            users.number AS number,
            flows.came_new AS came_new,
            flows.came_returning AS came_returning,
            flows.came_resurrected AS came_resurrected
        FROM users
        FULL JOIN flows
            ON flows.merchant_id = users.merchant_id
            AND flows.week = users.week
            AND flows.activity = users.activity
    )
SELECT
    came.merchant_id AS merchant_id,
    came.week AS day,
    concat(came.activity, ': ', toString(came.number), ' active users') AS expected,
    concat(
        'came: ', toString(came.came_new), ' new, ', toString(came.came_returning), ' returning, ',
        toString(came.came_resurrected), ' resurrected; left or stayed: ', toString(went.went_new), ', ',
        toString(went.went_returning), ', ', toString(went.went_resurrected)
    ) AS found
FROM came
LEFT JOIN flows AS went
    ON went.merchant_id = came.merchant_id
    AND went.week = came.week + 7
    AND went.activity = came.activity
WHERE
    came.number != came.came_new + came.came_returning + came.came_resurrected
    OR came.came_new != went.went_new
    OR came.came_returning != went.went_returning
    OR came.came_resurrected != went.went_resurrected
ORDER BY merchant_id, day
