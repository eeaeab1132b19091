-- Payments and their net amounts shared among the portals of the visits in the
-- seven days before them, under three models, by day.
WITH touches AS (
    -- A path by its portals: how many touches each has, and which comes first and last.
    SELECT
        o.merchant_id, transaction_id, portal,
        count(*) AS touches, min(v.number) AS earliest, max(v.number) AS latest
    FROM orders AS o
    JOIN visits AS v ON v.merchant_id = o.merchant_id AND v.person = o.person
        AND v.moment BETWEEN o.decided_at - INTERVAL 168 HOUR AND o.decided_at
    GROUP BY ALL
), paths AS (
    SELECT
        *,
        sum(touches) OVER path AS length,
        earliest = min(earliest) OVER path AS is_first,
        latest = max(latest) OVER path AS is_last
    FROM touches
    WINDOW path AS (PARTITION BY merchant_id, transaction_id)
), shares AS (
    SELECT
        merchant_id, transaction_id, model, portal, earliest,
        CASE model WHEN 'linear' THEN touches WHEN 'first_touch' THEN is_first::INTEGER ELSE is_last::INTEGER END AS part,
        CASE model WHEN 'linear' THEN length ELSE 1 END AS parts
    FROM paths
    CROSS JOIN (VALUES ('last_touch'), ('first_touch'), ('linear')) AS models (model)
    WHERE CASE model WHEN 'linear' THEN true WHEN 'first_touch' THEN is_first ELSE is_last END
    UNION ALL
    SELECT merchant_id, transaction_id, model, 'direct', 0, 1, 1
    FROM orders
    CROSS JOIN (VALUES ('last_touch'), ('first_touch'), ('linear')) AS models (model)
    WHERE (merchant_id, transaction_id) NOT IN (SELECT (merchant_id, transaction_id) FROM paths)
), weighed AS (
    -- Weights are whole billionths: what is left goes to the largest remainders, of equal ones to the portal touched first.
    SELECT
        * EXCLUDE (part, parts),
        (1000000000 * part // parts)
            + CASE WHEN row_number() OVER (payment ORDER BY 1000000000 * part % parts DESC, earliest)
                <= 1000000000 - sum(1000000000 * part // parts) OVER payment THEN 1 ELSE 0 END AS weight
    FROM shares
    WINDOW payment AS (PARTITION BY merchant_id, transaction_id, model)
), amounts AS (
    SELECT
        w.*, o.industry, o.day, o.own_currency,
        CASE WHEN o.currency = o.own_currency THEN ((gross - refunded) * 100)::HUGEINT ELSE 0 END AS net
    FROM weighed AS w
    JOIN orders AS o USING (merchant_id, transaction_id)
), credited AS (
    -- The same with the amount, in hundredths: those of a currency without any, too.
    SELECT
        *,
        ((net * weight // 1000000000)
            + CASE WHEN row_number() OVER (payment ORDER BY net * weight % 1000000000 DESC, earliest)
                <= net - sum(net * weight // 1000000000) OVER payment THEN 1 ELSE 0 END)::DECIMAL(18, 2) / 100 AS credit
    FROM amounts
    WINDOW payment AS (PARTITION BY merchant_id, transaction_id, model)
)
SELECT
    merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, day, model, portal AS value, own_currency AS currency,
    sum(weight)::DOUBLE / 1e9 AS payments,
    sum(credit)::DECIMAL(18, 2) AS credit,
    CASE WHEN day IS NULL OR closed(day + 7) THEN 'final' ELSE 'open' END AS state
FROM credited
GROUP BY GROUPING SETS (
    (merchant_id, day, model, portal, own_currency), (industry, day, model, portal, own_currency), (day, model, portal, own_currency))
