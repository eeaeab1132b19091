CREATE OR REPLACE VIEW visits AS
WITH
    (SELECT (made, from_spans, until_spans) FROM span_lookup) AS spans,
    cityHash64(s.merchant_id, s.run) AS segment
SELECT
    s.merchant_id AS merchant_id,
    s.person AS person,
    s.day AS day,
    s.start AS start,
    s.portal AS portal,
    s.terminal AS terminal,
    s.store_id AS store_id,
    s.campaign_id AS campaign_id,
    s.orders AS orders,
    s.gross AS gross,
    s.net AS net,
    s.converted AS converted,
    s.kept AS kept,
    s.first_of_day AS first_of_day,
    s.user_converted AS user_converted,
    s.user_kept AS user_kept
FROM visits_by_run AS s
WHERE
    s.span >= transform(segment, spans.1, spans.2, toDate(65535))
    AND s.span < transform(segment, spans.1, spans.3, toDate(0))
