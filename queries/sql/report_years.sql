-- Weekly net sales of the four weeks from {from}, and of those 364 days before,
-- of the merchants that sold in each of the eight weeks.
WITH
    weeks AS (
        SELECT
            d.merchant_id AS merchant_id,
            sumForEach(arrayMap(week -> if(intDiv(dateDiff('day', {past:Date}, d.day), 7) = week, toFloat64(d.gross - d.refunds), 0.), range(4))) AS net_before,
            sumForEach(arrayMap(week -> if(d.day >= {from:Date} AND intDiv(dateDiff('day', {from:Date}, d.day), 7) = week, toFloat64(d.gross - d.refunds), 0.), range(4))) AS net_after
        FROM merchant_days AS d
        WHERE
            (d.day >= {past:Date} AND d.day < {past:Date} + 28)
            OR (d.day >= {from:Date} AND d.day < {from:Date} + 28)
        GROUP BY merchant_id
        HAVING arrayMin(net_before) > 0 AND arrayMin(net_after) > 0
    )
SELECT
    merchant_id,
    name,
    net_before,
    net_after,
    toInt64(count() OVER ()) AS comparable
FROM weeks
INNER JOIN merchants USING (merchant_id)
ORDER BY arraySum(net_after) / arraySum(net_before) DESC, merchant_id
LIMIT {limit:UInt16}
