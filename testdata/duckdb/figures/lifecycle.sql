-- Users by their state of the week before and of the week: active ones are new,
-- returning after at most three idle weeks or resurrected, others dormant.
WITH weeks AS (
    SELECT DISTINCT merchant_id, person, date_trunc('week', day)::DATE AS week FROM visit_entries
), starts AS (
    SELECT
        w.merchant_id, w.person, week AS first_week,
        coalesce(registered_day < seen_day, false) AS regular,
        date_trunc('week', registered_day)::DATE AS registered_week
    FROM weeks AS w
    JOIN people USING (merchant_id, person)
    QUALIFY row_number() OVER (PARTITION BY w.merchant_id, w.person ORDER BY week) = 1
), calendar AS (
    SELECT unnest(range(min(week), (SELECT date_trunc('week', last_day + 1)::DATE + 7 FROM clock), INTERVAL 7 DAY))::DATE AS week FROM weeks
), states AS (
    -- From the first active week on, everybody is in one state each week.
    SELECT
        s.merchant_id, s.person, c.week,
        CASE
            WHEN w.week IS NULL THEN 'dormant'
            WHEN c.week = first_week AND NOT regular THEN 'new'
            WHEN c.week - coalesce(
                lag(w.week IGNORE NULLS) OVER (PARTITION BY s.merchant_id, s.person ORDER BY c.week),
                registered_week) <= 28 THEN 'returning'
            ELSE 'resurrected'
        END AS "to"
    FROM starts AS s
    JOIN calendar AS c ON c.week >= first_week
    LEFT JOIN weeks AS w ON w.merchant_id = s.merchant_id AND w.person = s.person AND w.week = c.week
), flows AS (
    SELECT
        *, coalesce(lag("to") OVER (PARTITION BY merchant_id, person ORDER BY week), 'outside') AS "from"
    FROM states
)
SELECT
    merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, week,
    "from", "to", count(*) AS users,
    CASE WHEN closed(week + 6) THEN 'final' ELSE 'open' END AS state
FROM flows
JOIN merchants USING (merchant_id)
GROUP BY GROUPING SETS (
    (merchant_id, week, "from", "to"), (industry, week, "from", "to"), (week, "from", "to"),
    (merchant_id, week, "to"), (industry, week, "to"), (week, "to"))
