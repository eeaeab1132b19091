CREATE OR REPLACE VIEW coupon_curves AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.claim_day AS claim_day,
    s.age AS age,
    s.placement AS placement,
    s.campaign_id AS campaign_id,
    s.kind AS kind,
    s.claims AS claims,
    s.redeemed AS redeemed,
    s.left AS left
FROM coupon_curves_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
