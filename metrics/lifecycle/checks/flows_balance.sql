-- Whoever was in an active state in one week has left it, or stayed, in the next;
-- and nobody wakes who was not dormant. A row is a merchant's week where that is
-- not so. Weeks without flows have no row in the view, and nobody active.
WITH
    by_week AS (
        SELECT
            merchant_id,
            activity,
            week,
            toInt64(sum(outside_new)) AS new,
            toInt64(sum(outside_returning + new_returning + returning_returning + resurrected_returning + dormant_returning)) AS returning,
            toInt64(sum(outside_resurrected + dormant_resurrected)) AS resurrected,
            toInt64(sum(new_returning + new_dormant)) AS out_of_new,
            toInt64(sum(returning_returning + returning_dormant)) AS out_of_returning,
            toInt64(sum(resurrected_returning + resurrected_dormant)) AS out_of_resurrected,
            toInt64(sum(new_dormant + returning_dormant + resurrected_dormant)) AS went_dormant,
            toInt64(sum(dormant_returning + dormant_resurrected)) AS woke
        FROM lifecycle_flows
        GROUP BY merchant_id, activity, week
    ),
    followed AS (
        SELECT
            merchant_id,
            activity,
            week,
            new + returning + resurrected > 0 AS has_active,
            leadInFrame(week, 1, toDate(0)) OVER following AS next_week,
            (new, returning, resurrected) AS was,
            leadInFrame((out_of_new, out_of_returning, out_of_resurrected), 1, (toInt64(0), toInt64(0), toInt64(0))) OVER following AS went,
            sum(went_dormant) OVER earlier - sum(woke) OVER earlier AS dormant,
            leadInFrame(woke, 1, toInt64(0)) OVER following AS woke_next
        FROM by_week
        WINDOW
            following AS (PARTITION BY merchant_id, activity ORDER BY week ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
            earlier AS (PARTITION BY merchant_id, activity ORDER BY week ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
SELECT
    merchant_id,
    activity,
    week
FROM followed
WHERE
    (has_active AND (next_week != week + 7 OR was != went))
    OR (NOT has_active AND next_week = week + 7 AND went != (0, 0, 0))
    OR dormant < woke_next
ORDER BY merchant_id, activity, week
