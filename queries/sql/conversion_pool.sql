-- The final days of each merchant, merchants as clusters.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency,
            transform(m.time_zone, {zones:Array(String)}, {closed:Array(Date)}, toDate(0)) AS closed,
            m.settlement_days + {window_days:UInt16} AS delay
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    ),
    merchants_pooled AS (
        SELECT
            m.currency AS currency,
            if(s.by_portal, if(s.portal = '', 'other', toString(s.portal)), '') AS value,
            toFloat64(sum(s.visits)) AS visits,
            toFloat64(sum(s.converted)) AS converted,
            sum(s.gross) AS gross,
            sum(s.net) AS net
        FROM conversion_sums AS s
        INNER JOIN members AS m ON m.merchant_id = s.merchant_id
        WHERE
            ({merchant:String} = '' OR s.merchant_id = {merchant:String})
            AND s.day >= {from:Date}
            AND s.day < {to:Date}
            AND s.by_portal <= {by_portal:Bool}
            AND s.day + m.delay <= m.closed
        GROUP BY s.merchant_id, currency, value
    )
SELECT
    currency,
    toDate(0) AS day,
    value,
    count() AS clusters,
    sum(visits) AS v,
    sum(converted) AS c,
    sum(visits * visits) AS vv,
    sum(visits * converted) AS vc,
    sum(converted * converted) AS cc,
    toDecimal64(sum(merchants_pooled.gross), 2) AS gross,
    toDecimal64(sum(merchants_pooled.net), 2) AS net
FROM merchants_pooled
GROUP BY currency, value
