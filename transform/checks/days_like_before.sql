-- warn: a complete day has about as many entries as the same weekday of the four weeks before
WITH
    days AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            s.entries AS entries
        FROM merchant_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        UNION ALL
        SELECT
            d.merchant_id,
            d.day,
            d.entries
        FROM merchant_days AS d
        INNER JOIN fresh ON fresh.merchant_id = d.merchant_id
        WHERE d.day < fresh.from_span AND d.day > fresh.closed - 42
    ),
    closed AS (
        SELECT
            days.merchant_id AS merchant_id,
            days.day AS day,
            sum(days.entries) AS entries
        FROM days
        INNER JOIN fresh ON fresh.merchant_id = days.merchant_id
        WHERE days.day > fresh.closed - 42 AND days.day <= fresh.closed
        GROUP BY days.merchant_id, days.day
    ),
    expected_days AS (
        SELECT
            merchant_id,
            day + 7 * week AS day,
            sum(entries) / 4 AS mean
        FROM closed
        ARRAY JOIN [1, 2, 3, 4] AS week
        GROUP BY merchant_id, day
        HAVING count() = 4 AND mean >= 100
    )
SELECT
    e.merchant_id AS merchant_id,
    e.day AS day,
    concat('about ', toString(round(e.mean)), ' entries') AS expected,
    concat(toString(closed.entries), ' entries') AS found
FROM expected_days AS e
INNER JOIN fresh ON fresh.merchant_id = e.merchant_id
LEFT JOIN closed ON closed.merchant_id = e.merchant_id AND closed.day = e.day
WHERE
    e.day <= fresh.closed
    AND e.day > fresh.closed - 14
    AND e.day >= fresh.from_span
    AND (closed.entries < e.mean / 5 OR closed.entries > e.mean * 5)
ORDER BY merchant_id, day
