CREATE OR REPLACE VIEW touches AS
WITH
    (SELECT (made, from_spans, until_spans) FROM span_lookup) AS spans,
    cityHash64(s.merchant_id, s.run) AS segment
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
WHERE
    s.span >= transform(segment, spans.1, spans.2, toDate(65535))
    AND s.span < transform(segment, spans.1, spans.3, toDate(0))
