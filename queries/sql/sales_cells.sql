-- Facts before the range are read for registered_total, which adds up all history.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            toString(m.currency) AS currency,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun
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
            AND s.day <= m.begun
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
            AND s.refunded_day <= m.begun
    ),
    days AS (
        SELECT
            facts.currency AS currency,
            facts.day AS day,
            uniqExact(facts.merchant_id) AS merchants,
            sum(facts.orders) AS orders,
            sum(facts.foreign_orders) AS foreign_orders,
            sum(facts.buyers) AS buyers,
            sum(facts.new_buyers) AS new_buyers,
            toDecimal64(sum(facts.gross), 2) AS gross,
            toDecimal64(sum(facts.refunds), 2) AS refunds,
            toDecimal64(sum(facts.refunds_by_date), 2) AS refunds_by_date,
            sum(facts.excess_orders) AS excess_orders,
            toDecimal64(sum(facts.excess_refunds), 2) AS excess_refunds,
            toDecimal64(sum(facts.new_buyers_net), 2) AS new_buyers_net,
            toDecimal64(sum(facts.nobody_net), 2) AS nobody_net,
            toDecimal64(sum(facts.stored_value), 2) AS stored_value,
            toDecimal64(sum(facts.installments), 2) AS installments,
            sum(facts.visits) AS visits,
            sum(facts.visitors) AS visitors,
            sum(facts.new_visitors) AS new_visitors,
            sum(facts.registered) AS registered
        FROM facts
        GROUP BY currency, day
    ),
    totals AS (
        SELECT
            currency,
            day,
            merchants,
            orders,
            foreign_orders,
            buyers,
            new_buyers,
            gross,
            refunds,
            refunds_by_date,
            excess_orders,
            excess_refunds,
            new_buyers_net,
            nobody_net,
            stored_value,
            installments,
            visits,
            visitors,
            new_visitors,
            registered,
            sum(registered) OVER (PARTITION BY currency ORDER BY day ASC) AS registered_total
        FROM days
    )
SELECT
    currency,
    day,
    merchants,
    orders,
    foreign_orders,
    buyers,
    new_buyers,
    gross,
    refunds,
    refunds_by_date,
    excess_orders,
    excess_refunds,
    new_buyers_net,
    nobody_net,
    stored_value,
    installments,
    visits,
    visitors,
    new_visitors,
    registered,
    registered_total
FROM totals
WHERE day >= {from:Date}
