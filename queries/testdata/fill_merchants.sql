INSERT INTO merchants_settled (merchant_id, declared, name, industry, time_zone, currency, user_id_scope, settlement_days, version, lease_until)
SELECT
    concat('merchant-', leftPad(toString(number), 6, '0')),
    true,
    concat('shop ', toString(number)),
    ['retail', 'catering', 'travel', 'healthcare', 'life_service'][number % 5 + 1],
    if(number % 20 = 0, 'America/New_York', 'Asia/Shanghai'),
    if(number % 20 = 0, 'USD', 'CNY'),
    'platform',
    number % 50 = 0,
    1,
    now64(3) + 3600
FROM numbers({merchants:UInt64})
