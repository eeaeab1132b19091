CREATE OR REPLACE VIEW conversion_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.by_portal AS by_portal,
    s.portal AS portal,
    s.visits AS visits,
    s.converted AS converted,
    s.kept AS kept,
    s.gross AS gross,
    s.net AS net,
    s.users AS users,
    s.vv AS vv,
    s.vc AS vc,
    s.cc AS cc,
    s.vk AS vk,
    s.kk AS kk,
    s.visitors AS visitors,
    s.visitors_converted AS visitors_converted,
    s.visitors_kept AS visitors_kept
FROM conversion_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
