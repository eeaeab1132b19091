CREATE OR REPLACE VIEW follow_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.portal AS portal,
    s.visits AS visits,
    s.collects AS collects,
    s.uncollects AS uncollects,
    s.follows AS follows,
    s.unfollows AS unfollows,
    s.net_collects AS net_collects,
    s.net_followers AS net_followers
FROM follow_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
