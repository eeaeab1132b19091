-- What an order was worth for conversion: whether it was given back whole within
-- seven days, and the visit before it. The latest visit that starts at or before a
-- payment has it, when the payment lies within the window.
CREATE TABLE given_back AS
SELECT merchant_id, transaction_id
FROM orders
JOIN refunds AS r USING (merchant_id, transaction_id)
WHERE r.moment <= paid_at + INTERVAL 7 DAY
GROUP BY merchant_id, transaction_id, gross
HAVING sum(counted) = gross;

CREATE TABLE payments AS
SELECT
    o.merchant_id, o.person, transaction_id, decided_at, currency = o.own_currency AS own,
    gross, gross - refunded AS net, g.transaction_id IS NOT NULL AS given_back
FROM orders AS o
LEFT JOIN given_back AS g USING (merchant_id, transaction_id)
WHERE o.person IS NOT NULL;

CREATE TABLE visit_payments AS
SELECT p.*, v.number, decided_at - v.moment AS after
FROM payments AS p
ASOF JOIN visits AS v ON p.merchant_id = v.merchant_id AND p.person = v.person AND p.decided_at >= v.moment;

-- The day that must be closed for the conversions of a day's visits: that on which
-- the last of them has been waited for, and the merchant's settlement.
CREATE MACRO waited(day, zone, hours, settlement) AS
    timezone(zone, timezone(zone, ((day) + 1)::TIMESTAMP) + to_hours(hours) - INTERVAL 1 MILLISECOND)::DATE + settlement;
