-- The users who paid on a day, and those who took a step after their first payment of it.
WITH cohort AS (
    SELECT merchant_id, industry, person, day, min(paid_at) AS paid_at
    FROM orders
    WHERE person IS NOT NULL
    GROUP BY ALL
), coupons AS (
    SELECT merchant_id, person, moment, stage, placement FROM happened WHERE kind = 'coupons' AND person IS NOT NULL
), taken AS (
    SELECT merchant_id, person, moment, 'claimed' AS step FROM coupons WHERE stage = 'claimed' AND placement = 'payment_success'
    UNION ALL
    SELECT merchant_id, person, moment, 'collected_or_followed' FROM happened WHERE action IN ('collect', 'follow') AND kind = 'entries'
    UNION ALL
    SELECT merchant_id, person, moment, 'came_back' FROM visits WHERE portal IN ('collection', 'life_account', 'card_package')
    UNION ALL
    SELECT merchant_id, person, moment, 'came_back' FROM coupons WHERE stage = 'claimed' AND placement = 'life_account_message'
    UNION ALL
    SELECT merchant_id, person, moment, 'redeemed' FROM coupons WHERE stage = 'redeemed'
    UNION ALL
    SELECT merchant_id, person, paid_at, 'paid_again' FROM orders
), steps (step, within, days) AS (
    VALUES ('claimed', INTERVAL 24 HOUR, 1), ('collected_or_followed', INTERVAL 7 DAY, 7), ('came_back', INTERVAL 30 DAY, 30),
        ('redeemed', INTERVAL 30 DAY, 30), ('paid_again', INTERVAL 30 DAY, 30)
), reached AS (
    SELECT c.*, s.step, bool_or(moment IS NOT NULL) AS reached
    FROM cohort AS c
    CROSS JOIN steps AS s
    LEFT JOIN taken AS t
        ON t.merchant_id = c.merchant_id AND t.person = c.person AND t.step = s.step
        AND t.moment > c.paid_at AND t.moment <= c.paid_at + s.within
    GROUP BY ALL
), counted AS (
    SELECT merchant_id, industry, day, step, true AS counts, reached FROM reached
    UNION ALL
    SELECT merchant_id, industry, day, 'paid', true, true FROM cohort
    UNION ALL
    SELECT p.merchant_id, p.industry, p.day, 'paid_again_not_claimed', NOT c.reached, p.reached AND NOT c.reached
    FROM reached AS p
    JOIN reached AS c USING (merchant_id, person, day)
    WHERE p.step = 'paid_again' AND c.step = 'claimed'
)
SELECT
    merchant_id, CASE WHEN merchant_id IS NULL THEN industry END AS industry, day, step,
    count(*) FILTER (WHERE counts) AS cohort, count(*) FILTER (WHERE reached) AS users
FROM counted
GROUP BY GROUPING SETS ((merchant_id, day, step), (industry, day, step), (day, step))
