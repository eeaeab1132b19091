-- The visits of a scope in the order in which people made them, and those after
-- the range that can take a payment over from one in it. Of visits with one start
-- the first of the day comes first and the one with the payments last.
WITH
    members AS (
        SELECT
            m.merchant_id AS merchant_id,
            m.industry AS industry,
            m.city AS city,
            m.store_ids AS store_ids,
            m.store_cities AS store_cities,
            transform(m.time_zone, {zones:Array(String)}, {begun:Array(Date)}, toDate(0)) AS begun,
            transform(concat(m.time_zone, '/', toString(m.settlement_days)), {groups:Array(String)}, {final:Array(Date)}, toDate(0)) AS final_through
        FROM merchants AS m
        WHERE
            ({merchant:String} = '' OR m.merchant_id = {merchant:String})
            AND ({industry:String} = '' OR m.industry = {industry:String})
    )
SELECT
    v.merchant_id AS merchant_id,
    v.person AS person,
    v.start AS start,
    v.day AS day,
    multiIf(
        {by:String} = 'portal', if(v.portal = '', 'other', toString(v.portal)),
        {by:String} = 'terminal', if(v.terminal = '', 'other', toString(v.terminal)),
        {by:String} = 'store', if(v.store_id = '', 'none', v.store_id),
        {by:String} = 'campaign', if(v.campaign_id = '', 'none', v.campaign_id),
        {by:String} = 'industry', m.industry,
        {by:String} = 'city', coalesce(
            nullIf(if(has(m.store_ids, v.store_id), m.store_cities[indexOf(m.store_ids, v.store_id)], ''), ''),
            nullIf(m.city, ''),
            'none'
        ),
        ''
    ) AS value,
    v.day >= {from:Date} AND v.day < {to:Date} AND v.day <= m.begun AS counted,
    v.day <= m.final_through AS final
FROM visits AS v
INNER JOIN members AS m ON m.merchant_id = v.merchant_id
WHERE
    ({merchant:String} = '' OR v.merchant_id = {merchant:String})
    AND v.day >= {from:Date}
    AND toInt32(v.day) < toInt32({to:Date}) + {window_days:UInt16}
ORDER BY
    merchant_id,
    person,
    start,
    NOT v.first_of_day,
    v.orders,
    v.portal,
    v.terminal,
    v.store_id,
    v.campaign_id
