-- The ledger's figures of some merchants on the days from {from} on. span is the
-- last week whose events can change the figure. Figures are compared as text, so
-- that none is rounded.
WITH
    days AS (
        SELECT
            d.merchant_id AS merchant_id,
            d.day AS day,
            toMonday(d.day) AS span,
            figure,
            value
        FROM merchant_days AS d
        ARRAY JOIN
            ['visits', 'visitors', 'new_visitors', 'orders', 'buyers', 'gross', 'net', 'registered'] AS figure,
            [
                toString(d.visits), toString(d.visitors), toString(d.new_visitors), toString(d.orders),
                toString(d.buyers), toDecimalString(d.gross, 2), toDecimalString(d.gross - d.refunds, 2), toString(d.registered)
            ] AS value
        WHERE d.merchant_id IN ({merchants:Array(String)}) AND d.day >= {from:Date} AND d.day < {to:Date}
    ),
    conversions AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day AS day,
            toMonday(s.day + 2) AS span,
            'converted_visits' AS figure,
            toString(sum(s.converted)) AS value
        FROM conversion_sums AS s
        WHERE
            s.merchant_id IN ({merchants:Array(String)})
            AND NOT s.by_portal
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
        GROUP BY s.merchant_id, s.day
    ),
    cohorts AS (
        SELECT
            s.merchant_id AS merchant_id,
            s.day - 7 AS cohort_day,
            toMonday(s.day) AS span,
            'day_7_returned' AS figure,
            toString(sum(s.back[8])) AS value
        FROM retention_sums AS s
        WHERE
            s.merchant_id IN ({merchants:Array(String)})
            AND s.period = 'day'
            AND s.cohort = 'new'
            AND s.activity = 'visit'
            AND s.by = ''
            AND s.day >= {from:Date} + 7
            AND s.day - 7 < {to:Date}
        GROUP BY s.merchant_id, s.day
    )
SELECT
    merchant_id,
    figure,
    day,
    span,
    value
FROM (
    SELECT
        merchant_id,
        figure,
        day,
        span,
        value
    FROM days
    UNION ALL
    SELECT
        merchant_id,
        figure,
        day,
        span,
        value
    FROM conversions
    UNION ALL
    SELECT
        merchant_id,
        figure,
        cohort_day,
        span,
        value
    FROM cohorts
)
WHERE value NOT IN ('0', '0.00')
ORDER BY merchant_id, day, figure
