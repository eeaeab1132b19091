-- Facts before the range are read for registered_total, which adds up all history.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            toString(m.currency) AS currency,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    facts AS (
        SELECT
            m.currency AS currency,
            s.merchant_id AS merchant_id,
            s.day AS day,
            s.orders AS orders,
            s.foreign_orders AS foreign_orders,
            s.buyers AS buyers,
            s.new_buyers AS new_buyers,
            s.gross AS gross,
            s.refunds AS refunds,
            toDecimal64(0, 2) AS refunds_by_date,
            s.excess_orders AS excess_orders,
            s.excess_refunds AS excess_refunds,
            s.new_buyers_net AS new_buyers_net,
            s.nobody_net AS nobody_net,
            s.stored_value AS stored_value,
            s.installments AS installments,
            s.visits AS visits,
            s.visitors AS visitors,
            s.new_visitors AS new_visitors,
            s.registered AS registered
        FROM merchant_days AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day < {to:Date}
            AND s.day <= m.closed
        UNION ALL
        SELECT
            m.currency AS currency,
            s.merchant_id AS merchant_id,
            s.refunded_day AS day,
            toUInt64(0) AS orders,
            toUInt64(0) AS foreign_orders,
            toUInt64(0) AS buyers,
            toUInt64(0) AS new_buyers,
            toDecimal64(0, 2) AS gross,
            toDecimal64(0, 2) AS refunds,
            s.amount AS refunds_by_date,
            toUInt64(0) AS excess_orders,
            toDecimal64(0, 2) AS excess_refunds,
            toDecimal64(0, 2) AS new_buyers_net,
            toDecimal64(0, 2) AS nobody_net,
            toDecimal64(0, 2) AS stored_value,
            toDecimal64(0, 2) AS installments,
            toUInt64(0) AS visits,
            toUInt64(0) AS visitors,
            toUInt64(0) AS new_visitors,
            toUInt64(0) AS registered
        FROM refunds AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.currency = m.currency
            AND s.refunded_day < {to:Date}
            AND s.refunded_day <= m.closed
    )
SELECT
    facts.currency AS currency,
    toDate(0) AS day,
    uniqExactIf(facts.merchant_id, facts.day >= {from:Date}) AS merchants,
    sumIf(facts.orders, facts.day >= {from:Date}) AS orders,
    sumIf(facts.foreign_orders, facts.day >= {from:Date}) AS foreign_orders,
    sumIf(facts.buyers, facts.day >= {from:Date}) AS buyers,
    sumIf(facts.new_buyers, facts.day >= {from:Date}) AS new_buyers,
    toDecimal64(sumIf(facts.gross, facts.day >= {from:Date}), 2) AS gross,
    toDecimal64(sumIf(facts.refunds, facts.day >= {from:Date}), 2) AS refunds,
    toDecimal64(sumIf(facts.refunds_by_date, facts.day >= {from:Date}), 2) AS refunds_by_date,
    sumIf(facts.excess_orders, facts.day >= {from:Date}) AS excess_orders,
    toDecimal64(sumIf(facts.excess_refunds, facts.day >= {from:Date}), 2) AS excess_refunds,
    toDecimal64(sumIf(facts.new_buyers_net, facts.day >= {from:Date}), 2) AS new_buyers_net,
    toDecimal64(sumIf(facts.nobody_net, facts.day >= {from:Date}), 2) AS nobody_net,
    toDecimal64(sumIf(facts.stored_value, facts.day >= {from:Date}), 2) AS stored_value,
    toDecimal64(sumIf(facts.installments, facts.day >= {from:Date}), 2) AS installments,
    sumIf(facts.visits, facts.day >= {from:Date}) AS visits,
    sumIf(facts.visitors, facts.day >= {from:Date}) AS visitors,
    sumIf(facts.new_visitors, facts.day >= {from:Date}) AS new_visitors,
    sumIf(facts.registered, facts.day >= {from:Date}) AS registered,
    sum(facts.registered) AS registered_total
FROM facts
GROUP BY currency
