WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    m.currency AS currency,
    toDate(0) AS day,
    uniqExact(s.merchant_id) AS merchants,
    sum(s.orders) AS orders,
    sum(s.foreign_orders) AS foreign_orders,
    sum(s.buyers) AS buyers,
    toDecimal64(sum(s.gross), 2) AS gross,
    toDecimal64(sum(s.refunds), 2) AS refunds,
    toDecimal64(sum(s.stored_value), 2) AS stored_value,
    toDecimal64(sum(s.installments), 2) AS installments,
    sum(s.visits) AS visits,
    sum(s.visitors) AS visitors,
    sum(s.new_visitors) AS new_visitors,
    sum(s.registered) AS registered
FROM merchant_days AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day <= m.closed
GROUP BY currency
