CREATE OR REPLACE VIEW portal_transitions AS
SELECT
    s.merchant_id AS merchant_id,
    s.month AS month,
    s.source AS source,
    s.target AS target,
    s.transitions AS transitions
FROM portal_transitions_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
