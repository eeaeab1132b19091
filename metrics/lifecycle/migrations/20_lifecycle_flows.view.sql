CREATE OR REPLACE VIEW lifecycle_flows AS
SELECT
    s.merchant_id AS merchant_id,
    s.week AS week,
    s.activity AS activity,
    s.portal AS portal,
    s.outside_new AS outside_new,
    s.outside_returning AS outside_returning,
    s.outside_resurrected AS outside_resurrected,
    s.new_returning AS new_returning,
    s.returning_returning AS returning_returning,
    s.resurrected_returning AS resurrected_returning,
    s.dormant_returning AS dormant_returning,
    s.dormant_resurrected AS dormant_resurrected,
    s.new_dormant AS new_dormant,
    s.returning_dormant AS returning_dormant,
    s.resurrected_dormant AS resurrected_dormant
FROM lifecycle_flows_by_run AS s
INNER JOIN current_spans AS c ON c.merchant_id = s.merchant_id AND c.run = s.run
WHERE s.span >= c.from_span AND s.span < c.until_span
