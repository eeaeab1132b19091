-- Before is the 28 days before the switch, after its days 29 to 56. Members are
-- the users registered so far, as a mean over the span's days: a user who
-- registered on a day stands in the stock of that day and all later ones.
WITH
    transform(s.merchant_id, {merchants:Array(String)}, {switched:Array(Date)}, toDate(0)) AS switched,
    arrayMap(week -> switched - 28 + 7 * week, range(4)) AS weeks_before,
    arrayMap(week -> switched + 29 + 7 * week, range(4)) AS weeks_after
SELECT
    s.merchant_id AS merchant_id,
    minIf(s.day, s.entries + s.orders > 0) AS first_day,
    sumForEach(arrayMap(start -> if(s.day >= start AND s.day < start + 7, toFloat64(s.orders), 0.), weeks_before)) AS orders_before,
    sumForEach(arrayMap(start -> if(s.day >= start AND s.day < start + 7, toFloat64(s.orders), 0.), weeks_after)) AS orders_after,
    sum(s.registered * greatest(0, least(28, dateDiff('day', s.day, switched)))) / 28 AS members_before,
    sum(s.registered * greatest(0, least(28, dateDiff('day', s.day, switched) + 57))) / 28 AS members_after
FROM merchant_days AS s
WHERE has({merchants:Array(String)}, s.merchant_id)
GROUP BY merchant_id
HAVING first_day <= any(switched) - 28 AND arraySum(orders_before) > 0
ORDER BY arraySum(orders_before) + arraySum(orders_after) DESC, merchant_id
LIMIT {limit:UInt16}
