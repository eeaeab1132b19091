CREATE OR REPLACE VIEW user_days AS
WITH
    (SELECT (made, from_spans, until_spans) FROM span_lookup) AS spans,
    cityHash64(s.merchant_id, s.run) AS segment
SELECT
    s.merchant_id AS merchant_id,
    s.person AS person,
    s.day AS day,
    s.first_at AS first_at,
    s.portal AS portal,
    s.terminal AS terminal,
    s.store_id AS store_id,
    s.campaign_id AS campaign_id,
    s.visits AS visits,
    s.payments AS payments,
    s.net AS net,
    s.visited AS visited
FROM user_days_by_run AS s
WHERE
    s.span >= transform(segment, spans.1, spans.2, toDate(65535))
    AND s.span < transform(segment, spans.1, spans.3, toDate(0))
