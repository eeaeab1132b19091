-- The payments of a scope that can follow the visits of a range, in the order in
-- which people decided on them.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.currency AS currency
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    p.merchant_id AS merchant_id,
    p.person AS person,
    p.decided_at AS decided_at,
    multiIf(
        {by:String} = 'lever', if(p.lever = '', 'none', toString(p.lever)),
        {by:String} = 'method', if(p.method = '', 'other', toString(p.method)),
        {by:String} = 'currency', toString(p.currency),
        ''
    ) AS value,
    p.currency AS currency,
    p.currency = m.currency AS own,
    p.amount AS gross,
    p.net AS net,
    r.transaction_id = ''
    OR toUnixTimestamp64Milli(r.refunded_at) - toUnixTimestamp64Milli(r.paid_at) > {refund_horizon:Int64} AS kept
FROM payments AS p
INNER JOIN members AS m ON m.merchant_id = p.merchant_id
LEFT JOIN refunded_orders AS r ON r.merchant_id = p.merchant_id AND r.transaction_id = p.transaction_id AND r.person = p.person
WHERE
    ({merchant:String} = '' OR p.merchant_id = {merchant:String})
    AND p.person != 0
    AND toInt32(toDate(p.decided_at)) >= toInt32({from:Date}) - 2
    AND toInt32(toDate(p.decided_at)) < toInt32({to:Date}) + {window_days:UInt16} + 2
ORDER BY
    merchant_id,
    person,
    decided_at,
    p.paid_at,
    p.transaction_id
