-- Every merchant with its last {days} final days: of sales and visits the last
-- closed ones, of conversion those whose window and settlement are over, of
-- retention the cohorts whose day {n} is closed.
WITH
    known AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.settlement_days AS settlement_days,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
    ),
    by_day AS (
        SELECT
            s.merchant_id AS merchant_id,
            minIf(s.day, s.entries + s.orders > 0) AS first_day,
            countIf(s.entries + s.orders > 0) > 0 AS has_events,
            sum(s.entries) > 0 AS sends_entries,
            sum(s.visits) > 0 AS has_visits,
            sum(s.orders) > 0 AS has_orders,
            sumIf(s.visits, s.day <= k.closed AND s.day + {days:UInt16} > k.closed) AS visits,
            sumIf(s.visitors, s.day <= k.closed AND s.day + {days:UInt16} > k.closed) AS visitors,
            sumIf(s.orders, s.day <= k.closed AND s.day + {days:UInt16} > k.closed) AS orders,
            sumIf(s.gross - s.refunds, s.day <= k.closed AND s.day + {days:UInt16} > k.closed) AS net
        FROM merchant_days AS s
        INNER JOIN known AS k ON k.merchant_id = s.merchant_id
        WHERE s.day <= k.begun
        GROUP BY s.merchant_id
    ),
    converted AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.visits) AS visits,
            sum(s.converted) AS converted
        FROM conversion_sums AS s
        INNER JOIN known AS k ON k.merchant_id = s.merchant_id
        WHERE
            NOT s.by_portal
            AND s.day + {window_days:UInt16} + k.settlement_days <= k.closed
            AND s.day + {window_days:UInt16} + k.settlement_days + {days:UInt16} > k.closed
        GROUP BY s.merchant_id
    ),
    returned AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.activity AS activity,
            sumIf(s.back[1], s.day + {n:UInt16} <= k.closed AND s.day + {n:UInt16} + {days:UInt16} > k.closed) AS users,
            sumIf(s.back[{n:UInt16} + 1], s.day <= k.closed AND s.day + {days:UInt16} > k.closed) AS returned
        FROM retention_sums AS s
        INNER JOIN known AS k ON k.merchant_id = s.merchant_id
        WHERE
            s.period = 'day'
            AND s.cohort = 'new'
            AND s.by = ''
        GROUP BY s.merchant_id, s.activity
    )
SELECT
    m.merchant_id AS merchant_id,
    m.name AS name,
    m.owner AS owner,
    m.industry AS industry,
    m.city AS city,
    m.time_zone AS time_zone,
    m.currency AS currency,
    toInt64(length(m.store_ids)) AS stores,
    m.declared AS declared,
    if(by_day.has_events, by_day.first_day, toDate(0)) AS first_day,
    by_day.sends_entries AS sends_entries,
    by_day.has_visits AS has_visits,
    by_day.has_orders AS has_orders,
    toInt64(by_day.visits) AS visits,
    toInt64(by_day.visitors) AS visitors,
    toInt64(by_day.orders) AS orders,
    toDecimal64(by_day.net, 2) AS net,
    toInt64(converted.visits) AS conversion_visits,
    toInt64(converted.converted) AS converted_visits,
    toInt64(returned.users) AS cohort_users,
    toInt64(returned.returned) AS returned_users
FROM merchants AS m
LEFT JOIN by_day ON by_day.merchant_id = m.merchant_id
LEFT JOIN converted ON converted.merchant_id = m.merchant_id
LEFT JOIN returned
    ON returned.merchant_id = m.merchant_id
    AND returned.activity = if(by_day.has_visits OR NOT by_day.has_orders, 'visit', 'paying')
ORDER BY merchant_id
