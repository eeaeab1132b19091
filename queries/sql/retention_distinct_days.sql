-- The active days of the persons of a group's merchants, for cohorts of everybody:
-- who was known before is in them too.
SELECT
    u.person AS person,
    u.day AS day,
    u.portal AS portal,
    u.visited AS visited,
    u.payments > 0 AS paid,
    toDate(0) AS register_day,
    false AS registered
FROM user_days AS u
WHERE
    u.merchant_id IN (
        SELECT m.merchant_id
        FROM merchants AS m
        WHERE m.user_id_scope = 'platform' AND ({group:String} = '' OR m.industry = {group:String})
    )
    AND u.day >= {from:Date}
ORDER BY person, day, visited DESC, u.first_at, u.merchant_id
SETTINGS max_bytes_before_external_sort = 1000000000
