CREATE OR REPLACE VIEW visits AS
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
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
