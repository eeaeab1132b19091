CREATE OR REPLACE VIEW credit_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.channel AS channel,
    s.touched AS touched,
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
FROM credit_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
