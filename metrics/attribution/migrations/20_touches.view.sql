CREATE OR REPLACE VIEW touches AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.person AS person,
    s.transaction_id AS transaction_id,
    s.paid_at AS paid_at,
    s.currency AS currency,
    s.net AS net,
    s.path AS path,
    s.place AS place,
    s.channel AS channel,
    s.touches AS touches,
    s.last_touch_weight AS last_touch_weight,
    s.first_touch_weight AS first_touch_weight,
    s.linear_weight AS linear_weight,
    s.position_weight AS position_weight,
    s.time_decay_weight AS time_decay_weight,
    s.shapley_weight AS shapley_weight,
    s.last_touch AS last_touch,
    s.first_touch AS first_touch,
    s.linear AS linear,
    s.position AS position,
    s.time_decay AS time_decay,
    s.shapley AS shapley
FROM touches_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
