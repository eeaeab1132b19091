-- Persons who lost an event from the merchant's first fresh week on, with the last
-- days before it on which they were active. Whole histories need no such help.
WITH
    persons AS (
        SELECT DISTINCT
            marks.merchant_id AS merchant_id,
            marks.person AS person
        FROM marks
        WHERE
            marks.old_day IS NOT NULL
            AND marks.person != 0
            AND marks.version <= {through:UInt64}
            AND marks.merchant_id IN (SELECT merchant_id FROM keys WHERE from > toDate(0))
    ),
    days AS (
        SELECT
            d.merchant_id AS merchant_id,
            d.person AS person,
            maxIf(d.day, d.visited) AS last_visit,
            maxIf(d.day, d.payments > 0) AS last_paying
        FROM user_days_by_run AS d
        INNER JOIN current_spans AS c ON c.merchant_id = d.merchant_id AND c.run = d.run
        INNER JOIN keys ON keys.merchant_id = d.merchant_id
        WHERE
            (d.merchant_id, d.person) IN (SELECT merchant_id, person FROM persons)
            AND d.day < keys.from
            AND d.span >= c.from_span
            AND d.span < c.until_span
        GROUP BY d.merchant_id, d.person
    )
SELECT
    persons.merchant_id AS merchant_id,
    persons.person AS person,
    days.last_visit AS last_visit,
    days.last_paying AS last_paying
FROM persons
LEFT JOIN days ON days.merchant_id = persons.merchant_id AND days.person = persons.person
ORDER BY merchant_id, person
