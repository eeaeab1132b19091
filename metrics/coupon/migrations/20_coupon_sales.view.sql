CREATE OR REPLACE VIEW coupon_sales AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.first_day AS first_day,
    s.placement AS placement,
    s.campaign_id AS campaign_id,
    s.kind AS kind,
    s.redemptions AS redemptions,
    s.kept AS kept,
    s.repurchased AS repurchased,
    s.orders AS orders,
    s.cost AS cost,
    s.net AS net
FROM coupon_sales_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
