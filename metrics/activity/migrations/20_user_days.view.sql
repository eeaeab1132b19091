CREATE OR REPLACE VIEW user_days AS
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
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
