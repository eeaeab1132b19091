-- Sales by a breakdown: of each day or, pooled, of the closed days of each
-- merchant. Users are counted once for each merchant, value, currency and day.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            toString(m.currency) AS currency,
            m.industry AS industry,
            m.city AS city,
            m.store_ids AS store_ids,
            m.store_cities AS store_cities,
            transform(
                m.time_zone,
                {zones:Array(String)},
                if({pooled:Bool}, {closed:Array(Date)}, {begun:Array(Date)}),
                toDate(0)
            ) AS last
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    sold AS (
        SELECT
            s.merchant_id AS merchant_id,
            multiIf(
                {by:String} = 'store', s.store_id,
                {by:String} = 'method', toString(s.method),
                {by:String} = 'lever', toString(s.lever),
                {by:String} = 'industry', m.industry,
                {by:String} = 'currency', toString(s.currency),
                if(
                    m.store_cities[indexOf(m.store_ids, s.store_id)] = '',
                    m.city,
                    m.store_cities[indexOf(m.store_ids, s.store_id)]
                )
            ) AS value,
            toString(s.currency) AS currency,
            s.day AS day,
            count() AS orders,
            uniqExactIf(s.person, s.person != 0) AS buyers,
            sum(s.amount) AS gross,
            sum(s.refunded) AS refunds,
            toDecimal128(0, 2) AS refunds_by_date,
            sum(s.stored_value) AS stored_value,
            toUInt64(0) AS visits,
            toUInt64(0) AS visitors
        FROM payments AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.last
        GROUP BY s.merchant_id, value, currency, s.day
    ),
    given_back AS (
        SELECT
            s.merchant_id AS merchant_id,
            multiIf(
                {by:String} = 'store', s.store_id,
                {by:String} = 'method', toString(s.method),
                {by:String} = 'lever', toString(s.lever),
                {by:String} = 'industry', m.industry,
                {by:String} = 'currency', toString(s.currency),
                if(
                    m.store_cities[indexOf(m.store_ids, s.store_id)] = '',
                    m.city,
                    m.store_cities[indexOf(m.store_ids, s.store_id)]
                )
            ) AS value,
            toString(s.currency) AS currency,
            s.refunded_day AS day,
            toUInt64(0) AS orders,
            toUInt64(0) AS buyers,
            toDecimal128(0, 2) AS gross,
            toDecimal128(0, 2) AS refunds,
            sum(s.amount) AS refunds_by_date,
            toDecimal128(0, 2) AS stored_value,
            toUInt64(0) AS visits,
            toUInt64(0) AS visitors
        FROM refunds AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.refunded_day >= {from:Date}
            AND s.refunded_day < {to:Date}
            AND s.refunded_day <= m.last
        GROUP BY s.merchant_id, value, currency, s.refunded_day
    ),
    came AS (
        SELECT
            s.merchant_id AS merchant_id,
            if(
                {by:String} = 'store',
                s.store_id,
                if(
                    m.store_cities[indexOf(m.store_ids, s.store_id)] = '',
                    m.city,
                    m.store_cities[indexOf(m.store_ids, s.store_id)]
                )
            ) AS value,
            m.currency AS currency,
            s.day AS day,
            toUInt64(0) AS orders,
            toUInt64(0) AS buyers,
            toDecimal128(0, 2) AS gross,
            toDecimal128(0, 2) AS refunds,
            toDecimal128(0, 2) AS refunds_by_date,
            toDecimal128(0, 2) AS stored_value,
            count() AS visits,
            uniqExact(s.person) AS visitors
        FROM visits AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            {by:String} IN ('store', 'city')
            AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.last
        GROUP BY s.merchant_id, value, currency, s.day
    ),
    audience AS (
        SELECT
            s.merchant_id AS merchant_id,
            m.industry AS value,
            m.currency AS currency,
            s.day AS day,
            toUInt64(0) AS orders,
            toUInt64(0) AS buyers,
            toDecimal128(0, 2) AS gross,
            toDecimal128(0, 2) AS refunds,
            toDecimal128(0, 2) AS refunds_by_date,
            toDecimal128(0, 2) AS stored_value,
            s.visits AS visits,
            s.visitors AS visitors
        FROM merchant_days AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            {by:String} = 'industry'
            AND s.visits + s.visitors > 0
            AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.last
    ),
    parts AS (
        SELECT merchant_id, value, currency, day, orders, buyers, gross, refunds, refunds_by_date, stored_value, visits, visitors
        FROM sold
        UNION ALL
        SELECT merchant_id, value, currency, day, orders, buyers, gross, refunds, refunds_by_date, stored_value, visits, visitors
        FROM given_back
        UNION ALL
        SELECT merchant_id, value, currency, day, orders, buyers, gross, refunds, refunds_by_date, stored_value, visits, visitors
        FROM came
        UNION ALL
        SELECT merchant_id, value, currency, day, orders, buyers, gross, refunds, refunds_by_date, stored_value, visits, visitors
        FROM audience
    )
SELECT
    parts.value AS value,
    parts.currency AS currency,
    if({pooled:Bool}, toDate(0), parts.day) AS day,
    uniqExact(parts.merchant_id) AS merchants,
    sum(parts.orders) AS orders,
    sum(parts.buyers) AS buyers,
    toDecimal64(sum(parts.gross), 2) AS gross,
    toDecimal64(sum(parts.refunds), 2) AS refunds,
    toDecimal64(sum(parts.refunds_by_date), 2) AS refunds_by_date,
    toDecimal64(sum(parts.stored_value), 2) AS stored_value,
    sum(parts.visits) AS visits,
    sum(parts.visitors) AS visitors
FROM parts
GROUP BY value, currency, day
