-- Everybody with the units at which they can be a user: a merchant and, for
-- distinct users, an industry and the platform. Merchants with ids of their own
-- are in no other unit, and nobody is recognized elsewhere without a user id.
CREATE TABLE units AS
WITH elsewhere AS (
    SELECT merchant_id, industry, CASE WHEN person LIKE '?%' THEN merchant_id || person ELSE person END AS user, person
    FROM people
    JOIN merchants USING (merchant_id, industry)
    WHERE user_id_scope = 'platform'
)
SELECT 'merchant' AS unit, merchant_id AS unit_id, merchant_id, person, person AS user, industry FROM people
UNION ALL
SELECT 'industry', industry, merchant_id, person, user, industry FROM elsewhere
UNION ALL
SELECT 'platform', '', merchant_id, person, user, NULL FROM elsewhere;

-- The number of the period that holds a day, and a period's first day.
CREATE MACRO period_number(period, day) AS
    CASE period
        WHEN 'day' THEN date_diff('day', DATE '1970-01-05', day)
        WHEN 'week' THEN date_diff('day', DATE '1970-01-05', date_trunc('week', day)::DATE) // 7
        ELSE date_diff('month', DATE '1970-01-01', day)
    END;
CREATE MACRO period_start(period, number) AS
    (CASE period
        WHEN 'day' THEN DATE '1970-01-05' + number::INTEGER
        WHEN 'week' THEN DATE '1970-01-05' + 7 * number::INTEGER
        ELSE DATE '1970-01-01' + to_months(number::INTEGER)
    END)::DATE;

-- One row for each period in which a user was active, and the portal of the
-- period's first visit.
CREATE TABLE active AS
WITH activity AS (
    SELECT 'visit' AS activity, merchant_id, person, day, moment, event_id, portal FROM visit_entries
    UNION ALL
    SELECT 'paying', merchant_id, person, day, paid_at, transaction_id, NULL FROM orders WHERE person IS NOT NULL
)
SELECT
    activity, period, unit, unit_id, any_value(industry) AS industry, user,
    period_number(period, day) AS number,
    min(day) AS day,
    arg_min(portal, (day, moment, event_id)) FILTER (WHERE portal IS NOT NULL) AS portal
FROM activity
JOIN units USING (merchant_id, person)
CROSS JOIN (VALUES ('day'), ('week'), ('month')) AS periods (period)
GROUP BY ALL;

-- Cohorts: of everybody active in a period, and of those who are new in it. Next
-- and last are the periods of the next and the last activity.
CREATE TABLE cohorts AS
WITH known AS (
    SELECT unit, unit_id, user, min(registered_day) AS registered_day, min(seen_day) AS seen_day
    FROM units
    JOIN people USING (merchant_id, person)
    GROUP BY ALL
), followed AS (
    SELECT
        *,
        lead(number) OVER timeline AS next,
        max(number) OVER (PARTITION BY activity, period, unit, unit_id, user) AS last,
        row_number() OVER timeline = 1 AS first
    FROM active
    WINDOW timeline AS (PARTITION BY activity, period, unit, unit_id, user ORDER BY number)
), first_visits AS (
    SELECT unit, unit_id, user, period, number AS visited, portal AS first_portal
    FROM followed
    WHERE activity = 'visit' AND first
), visits_of_periods AS (
    SELECT unit, unit_id, user, period, number, portal AS own_portal
    FROM followed
    WHERE activity = 'visit'
)
SELECT 'all' AS cohort, f.* REPLACE (own_portal AS portal)
FROM followed AS f
LEFT JOIN visits_of_periods USING (unit, unit_id, user, period, number)
UNION ALL
SELECT 'new', f.* REPLACE (CASE WHEN visited <= number THEN first_portal END AS portal)
FROM followed AS f
LEFT JOIN first_visits USING (unit, unit_id, user, period)
JOIN known USING (unit, unit_id, user)
WHERE first AND coalesce(
    NOT registered_day < CASE activity WHEN 'visit' THEN f.day ELSE seen_day END,
    true);
