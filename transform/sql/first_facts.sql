-- The first day of which merchants have, or had, a fact about a person.
SELECT
    merchant_id,
    min(day) AS day
FROM (
    SELECT
        merchant_id,
        day
    FROM user_days_by_run
    WHERE merchant_id IN (SELECT merchant_id FROM keys)
    UNION ALL
    SELECT
        merchant_id,
        register AS day
    FROM first_days_by_run
    WHERE merchant_id IN (SELECT merchant_id FROM keys) AND register > toDate(0)
)
GROUP BY merchant_id
