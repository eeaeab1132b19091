-- Coupons by the day on which a holder was first seen with them and by placement:
-- that of the claim, else of the first record. A gift ends in the giver's hands
-- and begins in the receiver's.
WITH told AS (
    SELECT merchant_id, industry, coupon_id, person AS holder, day, moment, event_id, stage, placement, valid_until
    FROM happened
    WHERE kind = 'coupons' AND person IS NOT NULL
    UNION ALL
    SELECT merchant_id, industry, coupon_id, to_user_id, day, moment, event_id, 'received', placement, valid_until
    FROM happened
    WHERE kind = 'coupons' AND stage = 'gifted' AND to_user_id IS NOT NULL
), lives AS (
    SELECT
        merchant_id, any_value(industry) AS industry, coupon_id, holder,
        arg_min(day, (moment, event_id)) AS day,
        coalesce(
            arg_min(placement, (moment, event_id)) FILTER (WHERE stage = 'claimed'),
            arg_min(placement, (moment, event_id))) AS placement,
        bool_or(stage IN ('issued', 'claimed')) AS issued,
        bool_or(stage = 'claimed') AS claimed,
        bool_or(stage = 'received') AS received,
        bool_or(stage = 'gifted') AS gifted,
        bool_or(stage = 'voided') AS voided,
        count(*) FILTER (WHERE stage = 'redeemed') > count(*) FILTER (WHERE stage = 'returned') AS redeemed,
        bool_or(stage = 'returned') AS returned,
        bool_or(stage = 'expired') AS told_expired,
        max(valid_until) AS valid_until
    FROM told
    GROUP BY merchant_id, coupon_id, holder
), sliced AS (
    SELECT *, NULL AS value FROM lives
    UNION ALL
    SELECT *, placement FROM lives
)
SELECT
    merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, day, value,
    count(*) FILTER (WHERE issued) AS issued,
    count(*) FILTER (WHERE received) AS received_gifts,
    count(*) FILTER (WHERE claimed) AS claimed,
    count(*) FILTER (WHERE gifted) AS gifted,
    count(*) FILTER (WHERE voided) AS voided,
    count(*) FILTER (WHERE redeemed) AS redeemed,
    count(*) FILTER (WHERE returned) AS returned
FROM sliced
GROUP BY GROUPING SETS ((merchant_id, day, value), (industry, day, value), (day, value))
