-- All weeks before the range's end: who is dormant depends on what came before
-- it. A week that has begun for one merchant counts for all of them.
SELECT
    s.week AS week,
    toString(s.portal) AS value,
    sum(s.outside_new) AS outside_new,
    sum(s.outside_returning) AS outside_returning,
    sum(s.outside_resurrected) AS outside_resurrected,
    sum(s.new_returning) AS new_returning,
    sum(s.returning_returning) AS returning_returning,
    sum(s.resurrected_returning) AS resurrected_returning,
    sum(s.dormant_returning) AS dormant_returning,
    sum(s.dormant_resurrected) AS dormant_resurrected,
    sum(s.new_dormant) AS new_dormant,
    sum(s.returning_dormant) AS returning_dormant,
    sum(s.resurrected_dormant) AS resurrected_dormant
FROM lifecycle_flows AS s
WHERE
    s.activity = {activity:String}
    AND s.week < {to:Date}
    AND s.week <= {last:Date}
    AND ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.merchant_id IN (
        SELECT merchant_id
        FROM merchants
        WHERE {industry:String} = '' OR industry = {industry:String}
    )
GROUP BY week, value
