-- The gifts of the days of each merchant that are final.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    toDate(0) AS day,
    sum(s.gifts) AS gifts,
    sum(s.receivers) AS receivers,
    sum(s.new) AS new_receivers,
    sum(s.came) AS came
FROM gift_days AS s
INNER JOIN members AS m ON m.merchant_id = s.merchant_id
WHERE
    ({merchant:String} = '' OR s.merchant_id = {merchant:String})
    AND s.day >= {from:Date}
    AND s.day < {to:Date}
    AND s.day + {come_days:UInt16} <= m.closed
HAVING count() > 0
