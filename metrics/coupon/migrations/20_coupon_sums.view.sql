CREATE OR REPLACE VIEW coupon_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.first_day AS first_day,
    s.placement AS placement,
    s.campaign_id AS campaign_id,
    s.kind AS kind,
    s.expiry_day AS expiry_day,
    s.issued AS issued,
    s.claimed AS claimed,
    s.gifted AS gifted,
    s.received AS received,
    s.redeemed AS redeemed,
    s.returned AS returned,
    s.expired AS expired,
    s.voided AS voided,
    s.open AS open,
    s.held AS held,
    s.broken AS broken,
    s.impossible AS impossible
FROM coupon_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
