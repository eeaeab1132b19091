SELECT
    day,
    uniqExact(merchant_id, person) AS entered,
    uniqExactIf((merchant_id, person), decided_at >= start AND decided_at <= start + INTERVAL 24 HOUR) AS paid
FROM (
    SELECT
        v.merchant_id AS merchant_id,
        v.person AS person,
        v.day AS day,
        v.start AS start,
        p.decided_at AS decided_at
    FROM (SELECT merchant_id, person, day, start FROM visits) AS v
    ASOF LEFT JOIN (SELECT merchant_id, person, decided_at FROM payments) AS p
        ON p.merchant_id = v.merchant_id AND p.person = v.person AND p.decided_at >= v.start
)
GROUP BY day
ORDER BY day
