-- Every user in every week from the first active one on, from the days on which
-- it was active: independent of how the flows were counted.
WITH
    {activity:String} = 'paying' AS by_payments,
    active AS (
        SELECT
            merchant_id,
            person,
            arraySort(groupUniqArray(toRelativeWeekNum(toMonday(day)))) AS weeks
        FROM user_days
        WHERE if(by_payments, payments > 0, visited)
        GROUP BY merchant_id, person
    ),
    known AS (
        SELECT
            merchant_id,
            person,
            register > toDate(0)
                AND (first_visit = toDate(0) OR register < first_visit)
                AND (NOT by_payments OR first_paying = toDate(0) OR register < first_paying) AS was_known,
            toRelativeWeekNum(toMonday(register)) AS registered
        FROM first_days
    ),
    users AS (
        SELECT
            active.merchant_id AS merchant_id,
            active.weeks AS weeks,
            known.was_known AS was_known,
            known.registered AS registered
        FROM active
        INNER JOIN known ON known.merchant_id = active.merchant_id AND known.person = active.person
        WHERE
            ({merchant:String} = '' OR active.merchant_id = {merchant:String})
            AND active.merchant_id IN (SELECT merchant_id FROM merchants WHERE {industry:String} = '' OR industry = {industry:String})
    ),
    states AS (
        SELECT
            week,
            arrayMap(
                w -> multiIf(
                    w < weeks[1], 'outside',
                    NOT has(weeks, w), 'dormant',
                    w = weeks[1] AND NOT was_known, 'new',
                    w - if(w = weeks[1], registered, arrayMax(arrayFilter(x -> x < w, weeks))) > 4, 'resurrected',
                    'returning'
                ),
                [week - 1, week]
            ) AS pair
        FROM users
        ARRAY JOIN range(toUInt32(weeks[1]), toUInt32(toRelativeWeekNum({last:Date}) + 1)) AS week
    )
SELECT
    toMonday(toDate('1970-01-05')) + toUInt16(7 * (week - toRelativeWeekNum(toDate('1970-01-05')))) AS week,
    pair[1] AS from_state,
    pair[2] AS to_state,
    count() AS users
FROM states
GROUP BY week, from_state, to_state
ORDER BY week, from_state, to_state
