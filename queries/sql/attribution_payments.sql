SELECT
    m.industry AS industry,
    t.day AS day,
    t.transaction_id AS transaction_id,
    t.paid_at AS paid_at,
    t.currency AS currency,
    t.net AS net,
    t.path AS path,
    t.place AS place,
    t.last_touch_weight AS last_touch_weight,
    t.first_touch_weight AS first_touch_weight,
    t.linear_weight AS linear_weight,
    t.position_weight AS position_weight,
    t.time_decay_weight AS time_decay_weight,
    t.shapley_weight AS shapley_weight,
    t.last_touch AS last_touch,
    t.first_touch AS first_touch,
    t.linear AS linear,
    t.position AS position,
    t.time_decay AS time_decay,
    t.shapley AS shapley
FROM touches AS t
INNER JOIN merchants AS m ON m.merchant_id = t.merchant_id
WHERE
    t.merchant_id = {merchant:String}
    AND t.day >= {from:Date}
    AND t.day < {to:Date}
    AND t.day <= transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0))
ORDER BY t.day, t.paid_at, t.transaction_id, t.place
