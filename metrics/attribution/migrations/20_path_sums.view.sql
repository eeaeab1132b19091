CREATE OR REPLACE VIEW path_sums AS
SELECT
    s.merchant_id AS merchant_id,
    s.day AS day,
    s.path AS path,
    s.last AS last,
    s.orders AS orders,
    s.net AS net
FROM path_sums_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
