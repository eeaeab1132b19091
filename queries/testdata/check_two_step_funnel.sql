SELECT
    day,
    uniqExact(person) AS entered,
    uniqExactIf(person, decided_at >= start AND decided_at <= start + INTERVAL 24 HOUR) AS paid
FROM (
    SELECT
        v.person AS person,
        v.day AS day,
        v.start AS start,
        p.decided_at AS decided_at
    FROM (SELECT person, day, start FROM visits WHERE merchant_id = {merchant:String}) AS v
    ASOF LEFT JOIN (SELECT person, decided_at FROM payments WHERE merchant_id = {merchant:String}) AS p
        ON p.person = v.person AND p.decided_at >= v.start
)
GROUP BY day
ORDER BY day
