-- One row for each coupon in each person's hands: how it stood after its last
-- record. Expiry that no record told follows from the watermark.
CREATE OR REPLACE VIEW coupon_states AS
SELECT
    l.merchant_id AS merchant_id,
    l.person AS person,
    l.coupon AS coupon,
    l.campaign_id AS campaign_id,
    l.kind AS kind,
    l.placement AS placement,
    if(
        l.state IN ('issued', 'claimed', 'received', 'returned') AND l.valid_until > toDateTime64(0, 3, 'UTC') AND l.valid_until < p.watermark,
        'expired',
        toString(l.state)
    ) AS state,
    l.first_at AS first_at,
    nullIf(l.claimed_at, toDateTime64(0, 3, 'UTC')) AS claimed_at,
    nullIf(l.redeemed_at, toDateTime64(0, 3, 'UTC')) AS redeemed_at,
    l.changed_at AS changed_at,
    nullIf(l.valid_until, toDateTime64(0, 3, 'UTC')) AS valid_until,
    l.impossible AS impossible
FROM (
    SELECT
        s.merchant_id AS merchant_id,
        s.person AS person,
        s.coupon AS coupon,
        s.day AS day,
        s.campaign_id AS campaign_id,
        s.kind AS kind,
        s.placement AS placement,
        s.state AS state,
        s.first_at AS first_at,
        s.claimed_at AS claimed_at,
        s.redeemed_at AS redeemed_at,
        s.changed_at AS changed_at,
        s.valid_until AS valid_until,
        s.impossible AS impossible
    FROM coupon_states_by_run AS s
    INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
    WHERE s.span >= c.from_span AND s.span < c.until_span
    ORDER BY
        s.merchant_id ASC,
        s.person ASC,
        s.coupon ASC,
        s.day DESC
    LIMIT 1 BY s.merchant_id, s.person, s.coupon
) AS l
CROSS JOIN (SELECT argMax(watermark, run) AS watermark FROM publications WHERE merchant_id = '') AS p
