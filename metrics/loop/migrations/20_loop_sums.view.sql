CREATE OR REPLACE VIEW loop_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.paid AS paid,
    s.claimed AS claimed,
    s.kept AS kept,
    s.came_back AS came_back,
    s.redeemed AS redeemed,
    s.paid_again AS paid_again,
    s.paid_again_not_claimed AS paid_again_not_claimed
FROM loop_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
