-- Conversions net of orders given back within seven days, by the portal of the
-- visit; and users of a day who paid within 24 hours of their first visit of it.
WITH first_visits AS (
    SELECT * FROM visits QUALIFY row_number() OVER (PARTITION BY merchant_id, person, day ORDER BY number) = 1
), looked AS (
    SELECT
        'visit' AS unit, v.merchant_id, v.industry, v.day, v.portal,
        bool_or(p.transaction_id IS NOT NULL) AS gross_converts,
        bool_or(NOT p.given_back) AS net_converts,
        sum(gross) FILTER (WHERE own) AS gross, sum(net) FILTER (WHERE own) AS net
    FROM visits AS v
    LEFT JOIN visit_payments AS p
        ON p.merchant_id = v.merchant_id AND p.person = v.person AND p.number = v.number AND after <= INTERVAL 24 HOUR
    GROUP BY v.merchant_id, v.industry, v.day, v.portal, v.person, v.number
    UNION ALL
    SELECT
        'user', v.merchant_id, v.industry, v.day, NULL,
        bool_or(p.transaction_id IS NOT NULL), bool_or(NOT p.given_back), NULL, NULL
    FROM first_visits AS v
    LEFT JOIN payments AS p
        ON p.merchant_id = v.merchant_id AND p.person = v.person
        AND p.decided_at BETWEEN v.moment AND v.moment + INTERVAL 24 HOUR
    GROUP BY v.merchant_id, v.industry, v.day, v.person
), sliced AS (
    SELECT *, NULL AS value FROM looked
    UNION ALL
    SELECT *, portal FROM looked WHERE unit = 'visit'
), scopes AS (
    SELECT merchant_id, NULL AS industry, merchant_id AS member, currency FROM merchants
    UNION ALL
    SELECT NULL, industry, merchant_id, currency FROM merchants
    UNION ALL
    SELECT NULL, NULL, merchant_id, currency FROM merchants
), counts AS (
    SELECT
        c.merchant_id, c.industry, unit, basis, value, day, count(*) AS visits,
        count(*) FILTER (WHERE CASE basis WHEN 'gross' THEN gross_converts ELSE net_converts END) AS converted_visits
    FROM sliced AS s
    JOIN scopes AS c ON member = s.merchant_id
    CROSS JOIN (VALUES ('gross'), ('net')) AS bases (basis)
    GROUP BY ALL
), money AS (
    SELECT c.merchant_id, c.industry, unit, value, day, c.currency, coalesce(sum(gross), 0) AS gross, coalesce(sum(net), 0) AS net
    FROM sliced AS s
    JOIN (SELECT DISTINCT merchant_id, industry, currency FROM scopes) AS c
        ON coalesce(c.merchant_id, s.merchant_id) = s.merchant_id AND coalesce(c.industry, s.industry) = s.industry
    LEFT JOIN merchants AS m ON m.merchant_id = s.merchant_id AND m.currency = c.currency
    WHERE unit = 'visit' AND m.merchant_id IS NOT NULL
    GROUP BY ALL
)
SELECT
    c.merchant_id, c.industry, c.unit, basis, CASE c.unit WHEN 'visit' THEN 'portal' END AS "by", c.value, c.day, k.currency,
    visits, converted_visits,
    CASE c.unit WHEN 'visit' THEN coalesce(gross, 0) END AS gross, CASE c.unit WHEN 'visit' THEN coalesce(net, 0) END AS net
FROM counts AS c
JOIN (
    SELECT DISTINCT merchant_id, industry, 'visit' AS unit, currency FROM scopes
    UNION
    SELECT merchant_id, industry, 'user', NULL FROM scopes
) AS k
    ON k.merchant_id IS NOT DISTINCT FROM c.merchant_id AND k.industry IS NOT DISTINCT FROM c.industry AND k.unit = c.unit
LEFT JOIN money AS m
    ON m.merchant_id IS NOT DISTINCT FROM c.merchant_id AND m.industry IS NOT DISTINCT FROM c.industry AND m.unit = c.unit
    AND m.value IS NOT DISTINCT FROM c.value AND m.day = c.day AND m.currency = k.currency
-- Users are asked for by industry and platform, which hold those of each merchant.
WHERE CASE c.unit WHEN 'user' THEN c.merchant_id IS NULL ELSE basis = 'net' END
