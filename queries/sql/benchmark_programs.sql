-- All mini programs of the industry of a merchant, of one industry, or of all,
-- each figure over its own days. Whose settlement is not over has no conversion.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.settlement_days AS settlement_days,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({industry:String} = '' OR m.industry = {industry:String})
            AND (
                {merchant:String} = ''
                OR m.industry IN (SELECT industry FROM merchants WHERE merchant_id = {merchant:String})
            )
    ),
    first_days_with_events AS (
        SELECT
            s.merchant_id AS merchant_id,
            min(s.day) AS first_day
        FROM merchant_days AS s
        WHERE s.entries + s.orders > 0 AND s.merchant_id IN (SELECT merchant_id FROM members)
        GROUP BY s.merchant_id
    ),
    by_day AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.orders) AS orders,
            sum(s.orders - s.foreign_orders) AS own_orders,
            sum(s.gross - s.refunds) AS net,
            sum(s.visitors) AS visitors,
            sum(s.buyers) AS buyers,
            sum(s.new_buyers) AS new_buyers
        FROM merchant_days AS s
        WHERE
            s.day >= {day_from:Date}
            AND s.day <= {day_to:Date}
            AND s.merchant_id IN (SELECT merchant_id FROM members)
        GROUP BY s.merchant_id
    ),
    came AS (
        SELECT
            s.merchant_id AS merchant_id,
            uniqExact(s.person) AS users
        FROM user_days AS s
        WHERE
            s.day >= {day_from:Date}
            AND s.day <= {day_to:Date}
            AND s.merchant_id IN (SELECT merchant_id FROM members)
        GROUP BY s.merchant_id
    ),
    returned AS (
        SELECT
            s.merchant_id AS merchant_id,
            sumIf(s.back[1], s.day <= {cohort_to:Date}) AS cohort_users,
            sumIf(s.back[{n:UInt16} + 1], s.day >= {cohort_from:Date} + {n:UInt16}) AS returned_users
        FROM retention_sums AS s
        WHERE
            s.period = 'day'
            AND s.cohort = 'new'
            AND s.activity = 'visit'
            AND s.by = ''
            AND s.day >= {cohort_from:Date}
            AND s.day <= {cohort_to:Date} + {n:UInt16}
            AND s.merchant_id IN (SELECT merchant_id FROM members)
        GROUP BY s.merchant_id
    ),
    converted AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.visits) AS visits,
            sum(s.converted) AS converted_visits
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            NOT s.by_portal
            AND s.day >= {visit_from:Date}
            AND s.day <= {visit_to:Date}
            AND {visit_to:Date} + {window_days:UInt16} + m.settlement_days <= m.closed
        GROUP BY s.merchant_id
    ),
    paid_again AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.paid) AS paid,
            sum(s.paid_again) AS again
        FROM loop_sums AS s
        WHERE
            s.day >= {paid_from:Date}
            AND s.day <= {paid_to:Date}
            AND s.merchant_id IN (SELECT merchant_id FROM members)
        GROUP BY s.merchant_id
    )
SELECT
    m.merchant_id AS merchant_id,
    m.owner AS owner,
    m.industry AS industry,
    m.currency AS currency,
    came.users AS users,
    if(
        f.first_day > toDate(0) AND f.first_day <= {day_to:Date},
        toUInt64({day_to:Date} - greatest(f.first_day, {day_from:Date}) + 1),
        toUInt64(0)
    ) AS days,
    toUInt64(returned.cohort_users) AS cohort_users,
    toUInt64(returned.returned_users) AS returned_users,
    toUInt64(converted.visits) AS visits,
    toUInt64(converted.converted_visits) AS converted_visits,
    toUInt64(paid_again.paid) AS paid,
    toUInt64(paid_again.again) AS paid_again,
    toUInt64(by_day.orders) AS orders,
    toUInt64(by_day.own_orders) AS own_orders,
    toDecimal64(by_day.net, 2) AS net,
    toUInt64(by_day.visitors) AS visitors,
    toUInt64(by_day.buyers) AS buyers,
    toUInt64(by_day.new_buyers) AS new_buyers
FROM merchants AS m
LEFT JOIN first_days_with_events AS f ON f.merchant_id = m.merchant_id
LEFT JOIN by_day ON by_day.merchant_id = m.merchant_id
LEFT JOIN came ON came.merchant_id = m.merchant_id
LEFT JOIN returned ON returned.merchant_id = m.merchant_id
LEFT JOIN converted ON converted.merchant_id = m.merchant_id
LEFT JOIN paid_again ON paid_again.merchant_id = m.merchant_id
WHERE m.merchant_id IN (SELECT merchant_id FROM members)
ORDER BY merchant_id
