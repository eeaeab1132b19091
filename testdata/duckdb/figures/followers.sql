-- Collecting and following by day and portal: that of the record, else of the
-- visit to which the action belongs.
WITH actions AS (
    SELECT merchant_id, industry, day, person, action, portal FROM happened
    WHERE kind = 'entries' AND action IN ('collect', 'uncollect', 'follow', 'unfollow')
), sliced AS (
    SELECT merchant_id, industry, day, action, NULL AS value FROM actions
    UNION ALL
    SELECT merchant_id, industry, day, action, coalesce(portal, 'other') FROM actions
    UNION ALL
    SELECT merchant_id, industry, day, 'look', NULL FROM visits
    UNION ALL
    SELECT merchant_id, industry, day, 'look', portal FROM visits
)
SELECT
    merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, day, value,
    count(*) FILTER (WHERE action = 'look') AS visits,
    count(*) FILTER (WHERE action = 'collect') AS collects,
    count(*) FILTER (WHERE action = 'uncollect') AS uncollects,
    count(*) FILTER (WHERE action = 'follow') AS follows,
    count(*) FILTER (WHERE action = 'unfollow') AS unfollows,
    CASE WHEN closed(day) THEN 'final' ELSE 'open' END AS state
FROM sliced
GROUP BY GROUPING SETS ((merchant_id, day, value), (industry, day, value), (day, value))
