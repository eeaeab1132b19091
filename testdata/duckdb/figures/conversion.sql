-- Visits followed by a payment within 24 hours and what they were worth, by
-- merchant, industry and platform, by day and portal.
WITH paid AS (
    SELECT
        merchant_id, person, number,
        sum(gross) FILTER (WHERE own) AS gross, sum(net) FILTER (WHERE own) AS net
    FROM visit_payments
    WHERE after <= INTERVAL 24 HOUR
    GROUP BY ALL
), looked AS (
    SELECT
        v.merchant_id, v.industry, v.day, v.portal, m.currency,
        p.number IS NOT NULL AS converted, coalesce(gross, 0) AS gross, coalesce(net, 0) AS net,
        closed(waited(v.day, v.time_zone, 24, settlement_days)) AS over
    FROM visits AS v
    JOIN merchants AS m USING (merchant_id)
    LEFT JOIN paid AS p USING (merchant_id, person, number)
), sliced AS (
    SELECT *, NULL AS value FROM looked
    UNION ALL
    SELECT *, portal FROM looked
), scopes AS (
    SELECT merchant_id, NULL AS industry, merchant_id AS member, currency FROM merchants
    UNION ALL
    SELECT NULL, industry, merchant_id, currency FROM merchants
    UNION ALL
    SELECT NULL, NULL, merchant_id, currency FROM merchants
), waits AS (
    -- A scope's day is over when it is over for every merchant of the scope.
    SELECT s.merchant_id, s.industry, day, bool_and(closed(waited(day, time_zone, 24, settlement_days))) AS over
    FROM scopes AS s
    JOIN merchants AS m ON m.merchant_id = member
    CROSS JOIN (SELECT DISTINCT day FROM visits) AS days
    GROUP BY ALL
), counts AS (
    SELECT
        s.merchant_id, s.industry, value, day, count(*) AS visits, count(*) FILTER (WHERE converted) AS converted_visits
    FROM sliced JOIN scopes AS s ON member = sliced.merchant_id
    WHERE day IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT s.merchant_id, s.industry, value, NULL, count(*), count(*) FILTER (WHERE converted)
    FROM sliced JOIN scopes AS s ON member = sliced.merchant_id
    WHERE over
    GROUP BY ALL
), money AS (
    SELECT s.merchant_id, s.industry, value, day, s.currency, sum(gross) AS gross, sum(net) AS net
    FROM sliced JOIN scopes AS s ON member = sliced.merchant_id
    GROUP BY ALL
    UNION ALL
    SELECT s.merchant_id, s.industry, value, NULL, s.currency, sum(gross), sum(net)
    FROM sliced JOIN scopes AS s ON member = sliced.merchant_id
    WHERE over
    GROUP BY ALL
)
SELECT
    c.merchant_id, c.industry, c.value, c.day, k.currency, visits, converted_visits, converted_visits / visits AS rate,
    coalesce(gross, 0) AS gross, coalesce(net, 0) AS net,
    CASE WHEN c.day IS NULL OR over THEN 'final' ELSE 'open' END AS state
FROM counts AS c
JOIN (SELECT DISTINCT merchant_id, industry, currency FROM scopes) AS k
    ON k.merchant_id IS NOT DISTINCT FROM c.merchant_id AND k.industry IS NOT DISTINCT FROM c.industry
LEFT JOIN money AS m
    ON m.merchant_id IS NOT DISTINCT FROM c.merchant_id AND m.industry IS NOT DISTINCT FROM c.industry
    AND m.value IS NOT DISTINCT FROM c.value AND m.day IS NOT DISTINCT FROM c.day AND m.currency = k.currency
LEFT JOIN waits AS w
    ON w.merchant_id IS NOT DISTINCT FROM c.merchant_id AND w.industry IS NOT DISTINCT FROM c.industry AND w.day = c.day
