-- New users by how long they were seen: at each merchant and, under * and the
-- industry, each once over many. Who registered before being seen first is
-- a regular and not new; of a buyer a visit, too, is being seen.
WITH
    seen AS (
        SELECT
            merchant_id,
            toString(f.portal) AS first_portal,
            f.first_visit AS visited,
            if({activity:String} = 'paying', f.first_paying, f.first_visit) AS first_active,
            if({activity:String} = 'paying', f.last_paying, f.last_visit) AS last_active,
            if(visited > toDate(0), least(first_active, visited), first_active) AS first_seen
        FROM (
            SELECT
                merchant_id,
                portal,
                first_visit,
                last_visit,
                first_paying,
                last_paying,
                register
            FROM first_days
            WHERE
                ({merchant:String} = '' OR merchant_id = {merchant:String})
                AND ({industry:String} = '' OR merchant_id IN (SELECT merchants.merchant_id FROM merchants WHERE merchants.industry = {industry:String}))
            UNION ALL
            SELECT
                concat('*', industry) AS merchant_id,
                portal,
                first_visit,
                last_visit,
                first_paying,
                last_paying,
                register
            FROM distinct_persons
            WHERE {distinct:Bool} AND if({by:String} = 'industry' AND {industry:String} = '', industry != '', industry = {industry:String})
        ) AS f
        WHERE
            first_active > toDate(0)
            AND first_active >= {from:Date}
            AND (f.register = toDate(0) OR f.register >= first_seen)
    ),
    numbered AS (
        SELECT
            merchant_id,
            first_portal,
            visited,
            multiIf(
                {period:String} = 'day', first_active,
                {period:String} = 'week', toMonday(first_active),
                toStartOfMonth(first_active)
            ) AS cohort_day,
            multiIf(
                {period:String} = 'day', dateDiff('day', first_active, last_active),
                {period:String} = 'week', dateDiff('week', first_active, last_active),
                dateDiff('month', first_active, last_active)
            ) AS last_period,
            multiIf(
                {period:String} = 'day', visited,
                {period:String} = 'week', toMonday(visited),
                toStartOfMonth(visited)
            ) AS visited_period
        FROM seen
    )
SELECT
    merchant_id,
    if({stored:String} = 'portal' AND visited > toDate(0) AND visited_period <= cohort_day, first_portal, '') AS value,
    cohort_day AS day,
    toUInt32(count()) AS users,
    arrayMap(
        x -> toUInt32(x),
        sumForEach(arrayMap(n -> last_period >= n, range(toUInt32({from_n:UInt8}), toUInt32({to_n:UInt8}) + 1)))
    ) AS later
FROM numbered
WHERE cohort_day >= {from:Date} AND cohort_day < {end:Date}
GROUP BY merchant_id, value, day
ORDER BY merchant_id
