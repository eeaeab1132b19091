-- Each payment in its merchant's currency whose path has several portals: below 16
-- a path's number holds one. Groups are those of attribution_paths.
WITH
    everyone AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
            m.currency AS currency,
            toInt32(transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0))) - m.settlement_days AS closed,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
        FROM merchants AS m
    ),
    industries AS (
        SELECT
            industry,
            min(closed) AS closed
        FROM everyone
        GROUP BY industry
    ),
    members AS (
        SELECT
            e.merchant_id AS merchant_id,
            e.industry AS industry,
            e.currency AS currency,
            e.begun AS begun,
            e.closed AS closed,
            i.closed AS industry_closed
        FROM everyone AS e
        INNER JOIN industries AS i ON i.industry = e.industry
        WHERE
            ({merchant:String} = '' OR e.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR e.industry = {industry:String})
    ),
    fitted AS (
        SELECT
            t.merchant_id AS merchant_id,
            t.month AS month
        FROM portal_transitions AS t
        WHERE
            ({merchant:String} = '' OR t.merchant_id = {merchant:String})
            AND t.target = 'conversion'
            AND t.month >= toStartOfMonth({from:Date})
            AND t.month < {to:Date}
        GROUP BY merchant_id, month
        HAVING sum(t.transitions) >= {least:UInt64}
    ),
    placed AS (
        SELECT
            m.industry AS fit_industry,
            f.merchant_id AS fit_merchant,
            toStartOfMonth(s.day) AS fit_month,
            m.currency AS merchant_currency,
            toInt32(toLastDayOfMonth(s.day)) + {lookback_days:UInt16}
            <= if(f.merchant_id = '', m.industry_closed, m.closed) AS is_final,
            if({by_day:Bool}, s.day, toDate(0)) AS payment_day,
            cityHash64(fit_industry, fit_merchant, fit_month, merchant_currency, is_final) AS payment_group,
            s.path AS path,
            s.net AS net
        FROM touches AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        LEFT JOIN fitted AS f ON f.merchant_id = s.merchant_id AND f.month = toStartOfMonth(s.day)
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.day <= m.begun
            AND s.place = 1
            AND s.path >= 16
            AND s.net > 0
            AND s.currency = m.currency
    )
SELECT
    payment_group,
    payment_day AS day,
    path,
    net
FROM placed
WHERE {by_day:Bool} OR is_final
