SELECT
    day,
    count() AS visitors,
    countIf(decided_at >= first_start AND decided_at <= first_start + INTERVAL 24 HOUR) AS converted
FROM (
    SELECT
        v.day AS day,
        v.first_start AS first_start,
        p.decided_at AS decided_at
    FROM (
        SELECT
            person,
            day,
            min(start) AS first_start
        FROM visits
        WHERE merchant_id = {merchant:String}
        GROUP BY person, day
    ) AS v
    ASOF LEFT JOIN (SELECT person, decided_at FROM payments WHERE merchant_id = {merchant:String}) AS p
        ON p.person = v.person AND p.decided_at >= v.first_start
)
GROUP BY day
ORDER BY day
