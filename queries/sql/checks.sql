SELECT
    f.run AS run,
    f.checked_at AS checked_at,
    f.check_name AS check_name,
    f.stops AS stops,
    f.merchant_id AS merchant_id,
    f.day AS day,
    f.expected AS expected,
    f.found AS found
FROM check_failures AS f
LEFT JOIN (
    SELECT
        merchant_id,
        max(publications.run) AS run
    FROM publications
    GROUP BY merchant_id
) AS p ON p.merchant_id = f.merchant_id
WHERE
    f.run >= p.run
    AND ({merchant:String} = '' OR f.merchant_id = {merchant:String})
    AND ({industry:String} = '' OR f.merchant_id IN (SELECT merchant_id FROM merchants WHERE industry = {industry:String}))
ORDER BY f.stops DESC, f.check_name, f.merchant_id, f.day
