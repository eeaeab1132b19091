-- The rows of credit_sums that visits and payments do not make up, and those that
-- they make up and it lacks: last touch, first touch, linear and shapley.
WITH
    touched AS (
        SELECT
            p.merchant_id AS merchant_id,
            p.day AS day,
            p.person AS person,
            p.transaction_id AS transaction_id,
            p.currency = m.currency AS domestic,
            toInt64(p.net * 100) AS net,
            arrayMap(
                v -> if(v.2 = '', 'other', v.2),
                arraySort(groupArrayIf(
                    (v.start, toString(v.portal)),
                    v.person != 0 AND v.start <= p.decided_at AND v.start >= p.decided_at - INTERVAL 168 HOUR
                ))
            ) AS touches,
            if(empty(touches), ['direct'], touches) AS path,
            arrayDistinct(path) AS portals
        FROM payments AS p
        INNER JOIN merchants AS m ON m.merchant_id = p.merchant_id
        LEFT JOIN visits AS v ON v.merchant_id = p.merchant_id AND v.person = p.person
        GROUP BY merchant_id, day, person, transaction_id, p.paid_at, p.decided_at, domestic, net
    ),
    parts AS (
        SELECT
            merchant_id,
            day,
            domestic,
            net,
            portals,
            rule,
            multiIf(
                rule = 1, arrayMap(portal -> toInt64(portal = path[-1]), portals),
                rule = 2, arrayMap(portal -> toInt64(portal = path[1]), portals),
                rule = 3, arrayMap(portal -> toInt64(countEqual(path, portal)), portals),
                arrayMap(portal -> toInt64(1), portals)
            ) AS parts
        FROM touched
        ARRAY JOIN [1, 2, 3, 4] AS rule
    ),
    weights AS (
        SELECT
            *,
            toInt64(1000000000) AS unit,
            toInt64(arraySum(parts)) AS total,
            arrayMap(part -> intDiv(part * unit, total), parts) AS whole,
            arraySort(i -> (-((parts[i] * unit) % total), i), arrayEnumerate(parts)) AS most,
            arraySlice(most, 1, unit - arraySum(whole)) AS up,
            arrayMap(i -> whole[i] + has(up, i), arrayEnumerate(parts)) AS weights
        FROM parts
    ),
    credits AS (
        SELECT
            merchant_id,
            day,
            rule,
            portals,
            weights,
            arrayMap(weight -> intDiv(weight * net, unit), weights) AS whole_fen,
            arraySort(i -> (-((weights[i] * net) % unit), i), arrayEnumerate(weights)) AS most_fen,
            arraySlice(most_fen, 1, net - arraySum(whole_fen)) AS up_fen,
            arrayMap(i -> if(domestic, whole_fen[i] + has(up_fen, i), 0), arrayEnumerate(weights)) AS fen
        FROM weights
    ),
    expected AS (
        SELECT
            merchant_id,
            day,
            portal,
            toUInt64(count() / 4) AS touched,
            [sumIf(weight, rule = 1), sumIf(weight, rule = 2), sumIf(weight, rule = 3), sumIf(weight, rule = 4)] AS weight_sums,
            [sumIf(credit, rule = 1), sumIf(credit, rule = 2), sumIf(credit, rule = 3), sumIf(credit, rule = 4)] AS credit_sums_fen
        FROM credits
        ARRAY JOIN
            portals AS portal,
            weights AS weight,
            fen AS credit
        GROUP BY merchant_id, day, portal
    ),
    stored AS (
        SELECT
            merchant_id,
            day,
            toString(channel) AS portal,
            touched,
            arrayMap(weight -> toInt64(weight), [last_touch_weight, first_touch_weight, linear_weight, shapley_weight]) AS weight_sums,
            arrayMap(credit -> toInt64(credit * 100), [last_touch, first_touch, linear, shapley]) AS credit_sums_fen
        FROM credit_sums
    )
SELECT count() AS rows
FROM (
    SELECT merchant_id, day, portal, touched, weight_sums, credit_sums_fen, 1 AS side FROM expected
    UNION ALL
    SELECT merchant_id, day, portal, touched, weight_sums, credit_sums_fen, -1 AS side FROM stored
)
GROUP BY merchant_id, day, portal, touched, weight_sums, credit_sums_fen
HAVING sum(side) != 0
