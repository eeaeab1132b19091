INSERT INTO merchants_settled (merchant_id, declared, industry, time_zone, currency, user_id_scope, version, lease_until)
SELECT
    concat('m', leftPad(toString(number), 5, '0')),
    true,
    ['retail', 'catering', 'travel'][number % 3 + 1],
    'Asia/Shanghai',
    'CNY',
    'platform',
    1,
    now64(3) + 3600
FROM numbers({merchants:UInt32})
