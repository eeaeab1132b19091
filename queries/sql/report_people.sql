-- Users are counted exactly: 8 to 16 bytes of memory for each.
WITH
    known AS (
        SELECT
            toInt64(count()) AS merchants,
            toInt64(countIf(user_id_scope = 'merchant')) AS merchants_with_own_ids
        FROM merchants
    ),
    audience AS (
        SELECT
            toInt64(sumIf(d.visitors, d.day >= {from:Date})) AS user_days,
            minIf(d.day, d.entries + d.orders > 0) AS first_day
        FROM merchant_days AS d
        WHERE d.day < {to:Date}
    ),
    people AS (
        SELECT toInt64(uniqExact(user_days.person)) AS users
        FROM user_days
        WHERE
            user_days.day >= {from:Date}
            AND user_days.day < {to:Date}
            AND user_days.merchant_id IN (SELECT merchant_id FROM merchants WHERE user_id_scope != 'merchant')
    )
SELECT
    merchants,
    merchants_with_own_ids,
    user_days,
    first_day,
    users
FROM known
CROSS JOIN audience
CROSS JOIN people
