-- stop: visitors and buyers of a merchant's day are its active users, and its buyers begin the loop
WITH
    days AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            sum(s.visitors) AS visitors,
            sum(s.new_visitors) AS new_visitors,
            sum(s.buyers) AS buyers
        FROM merchant_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    ),
    facts AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            countIf(s.visited) AS visitors,
            countIf(s.payments > 0) AS buyers
        FROM user_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= (SELECT min(from_span) FROM fresh) AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    ),
    loops AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            sum(s.paid) AS paid
        FROM loop_sums_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    )
SELECT
    if(days.merchant_id != '', days.merchant_id, facts.merchant_id) AS merchant_id,
    if(days.merchant_id != '', days.day, facts.day) AS day,
    concat('user_days: ', toString(facts.visitors), ' visitors, ', toString(facts.buyers), ' buyers') AS expected,
    concat(
        'merchant_days: ', toString(days.visitors), ' visitors (', toString(days.new_visitors), ' new), ',
        toString(days.buyers), ' buyers; loop: ', toString(loops.paid)
    ) AS found
FROM days
FULL JOIN facts ON facts.merchant_id = days.merchant_id AND facts.day = days.day
LEFT JOIN loops ON loops.merchant_id = facts.merchant_id AND loops.day = facts.day
WHERE
    days.visitors != facts.visitors
    OR days.buyers != facts.buyers
    OR days.buyers != loops.paid
    OR days.new_visitors > days.visitors
ORDER BY merchant_id, day
