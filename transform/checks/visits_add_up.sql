-- stop: the visits of a merchant's day are as many in every table
WITH
    days AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            sum(s.visits) AS visits
        FROM merchant_days_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    ),
    facts AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            count() AS visits,
            countIf(s.converted) AS converted
        FROM visits_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= (SELECT min(from_span) FROM fresh) AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    ),
    sums AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            sumIf(s.visits, NOT s.by_portal) AS visits,
            sumIf(s.visits, s.by_portal) AS portal_visits,
            sumIf(s.converted, NOT s.by_portal) AS converted,
            sumIf(s.converted, s.by_portal) AS portal_converted
        FROM conversion_sums_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id, s.day
    )
SELECT
    if(days.merchant_id != '', days.merchant_id, facts.merchant_id) AS merchant_id,
    if(days.merchant_id != '', days.day, facts.day) AS day,
    concat('merchant_days: ', toString(days.visits), ' visits') AS expected,
    concat(
        'visits: ', toString(facts.visits), ' (', toString(facts.converted), ' converted), conversion_sums: ',
        toString(sums.visits), ' (', toString(sums.converted), '), its portals: ',
        toString(sums.portal_visits), ' (', toString(sums.portal_converted), ')'
    ) AS found
FROM days
FULL JOIN facts ON facts.merchant_id = days.merchant_id AND facts.day = days.day
LEFT JOIN sums ON sums.merchant_id = facts.merchant_id AND sums.day = facts.day
WHERE
    days.visits != facts.visits
    OR facts.visits != sums.visits
    OR facts.visits != sums.portal_visits
    OR facts.converted != sums.converted
    OR facts.converted != sums.portal_converted
    OR facts.converted > facts.visits
ORDER BY merchant_id, day
