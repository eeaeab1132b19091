-- Sales and audience by merchant, industry and platform, by day and in all.
WITH sold AS (
    SELECT
        o.merchant_id, o.day,
        count(*) AS orders,
        count(*) FILTER (WHERE currency <> o.own_currency) AS foreign_orders,
        count(DISTINCT o.person) AS buyers,
        count(DISTINCT o.person) FILTER (WHERE p.paid_day = o.day AND NOT p.regular) AS new_buyers,
        sum(gross) FILTER (WHERE currency = o.own_currency) AS gross,
        sum(refunded) FILTER (WHERE currency = o.own_currency) AS refunds,
        count(*) FILTER (WHERE excess > 0) AS excess_orders,
        sum(excess) FILTER (WHERE currency = o.own_currency) AS excess_refunds,
        sum(gross - refunded) FILTER (WHERE currency = o.own_currency AND p.paid_day = o.day AND NOT p.regular) AS new_buyers_net,
        sum(gross - refunded) FILTER (WHERE currency = o.own_currency AND o.person IS NULL) AS nobody_net,
        sum(gross + stored_value) FILTER (WHERE currency = o.own_currency) AS consumption,
        sum(gross) FILTER (WHERE currency = o.own_currency AND method = 'installments') AS installments
    FROM orders AS o
    LEFT JOIN people AS p ON p.merchant_id = o.merchant_id AND p.person = o.person
    GROUP BY o.merchant_id, o.day
), given_back AS (
    SELECT r.merchant_id, r.day, sum(counted) AS refunds_by_date
    FROM refunds AS r
    JOIN orders AS o USING (merchant_id, transaction_id)
    WHERE o.currency = o.own_currency
    GROUP BY r.merchant_id, r.day
), came AS (
    SELECT merchant_id, day, count(*) FILTER (WHERE begins) AS visits, count(DISTINCT person) AS visitors
    FROM visit_entries
    GROUP BY merchant_id, day
), new_people AS (
    SELECT merchant_id, visit_day AS day, count(*) AS new_visitors
    FROM people
    WHERE coalesce(registered_day >= visit_day, true)
    GROUP BY merchant_id, visit_day
), joined AS (
    SELECT merchant_id, registered_day AS day, count(*) AS registered
    FROM people
    GROUP BY merchant_id, registered_day
), days AS (
    SELECT merchant_id, day FROM sold
    UNION SELECT merchant_id, day FROM given_back
    UNION SELECT merchant_id, day FROM came
    UNION SELECT merchant_id, day FROM joined WHERE day IS NOT NULL
), cells AS (
    SELECT
        m.merchant_id, m.industry, m.currency, day,
        * EXCLUDE (merchant_id, day, industry, currency, time_zone, user_id_scope, settlement_days)
    FROM days
    JOIN merchants AS m USING (merchant_id)
    LEFT JOIN sold USING (merchant_id, day)
    LEFT JOIN given_back USING (merchant_id, day)
    LEFT JOIN came USING (merchant_id, day)
    LEFT JOIN new_people USING (merchant_id, day)
    LEFT JOIN joined USING (merchant_id, day)
), scoped AS (
    SELECT
        merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, day, currency,
        coalesce(sum(orders), 0) AS orders,
        coalesce(sum(foreign_orders), 0) AS foreign_orders,
        coalesce(sum(buyers), 0) AS buyers,
        coalesce(sum(new_buyers), 0) AS new_buyers,
        coalesce(sum(gross), 0) AS gross,
        coalesce(sum(refunds), 0) AS refunds,
        coalesce(sum(refunds_by_date), 0) AS refunds_by_date,
        coalesce(sum(excess_orders), 0) AS excess_orders,
        coalesce(sum(excess_refunds), 0) AS excess_refunds,
        coalesce(sum(new_buyers_net), 0) AS new_buyers_net,
        coalesce(sum(nobody_net), 0) AS nobody_net,
        coalesce(sum(consumption), 0) AS consumption,
        coalesce(sum(installments), 0) AS installments,
        coalesce(sum(visits), 0) AS visits,
        coalesce(sum(visitors), 0) AS visitors,
        coalesce(sum(new_visitors), 0) AS new_visitors,
        coalesce(sum(registered), 0) AS registered,
        'final' AS state
    FROM cells
    WHERE closed(day)
    GROUP BY GROUPING SETS (
        (merchant_id, currency, day), (industry, currency, day), (currency, day),
        (merchant_id, currency), (industry, currency), (currency))
)
SELECT
    * ,
    gross - refunds AS net,
    gross - refunds - new_buyers_net - nobody_net AS returning_buyers_net,
    CASE
        WHEN day IS NULL THEN registered
        ELSE sum(registered) OVER (PARTITION BY merchant_id, industry, currency, day IS NULL ORDER BY day)
    END AS registered_total
FROM scoped
