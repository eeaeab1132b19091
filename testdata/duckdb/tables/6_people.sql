-- What is known of a person at a merchant: the first day of anything, of the
-- register, and of anything but registers. Whoever registered on a day before
-- anything else is a regular from before the history.
CREATE TABLE people AS
SELECT
    merchant_id,
    person,
    any_value(industry) AS industry,
    any_value(time_zone) AS time_zone,
    any_value(own_currency) AS own_currency,
    min(day) FILTER (WHERE kind = 'entries' AND action = 'register') AS registered_day,
    min(day) FILTER (WHERE kind <> 'entries' OR action <> 'register') AS seen_day,
    min(day) FILTER (WHERE kind = 'entries' AND action = 'visit') AS visit_day,
    min(day) FILTER (WHERE kind = 'transactions' AND type = 'payment') AS paid_day
FROM happened
WHERE person IS NOT NULL
GROUP BY merchant_id, person;

ALTER TABLE people ADD COLUMN regular BOOLEAN;
UPDATE people SET regular = coalesce(registered_day < seen_day, registered_day IS NOT NULL);
