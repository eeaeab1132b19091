-- One payment for five visits, within two days of the first.
INSERT INTO payments_by_run (merchant_id, run, span, person, transaction_id, day, paid_at, decided_at, currency, amount, net, method, lever)
SELECT
    merchant_id,
    1,
    toMonday(day),
    person,
    toString(number),
    day,
    paid_at,
    paid_at,
    'CNY',
    10,
    10,
    1,
    1
FROM (
    SELECT
        number,
        intHash64(intDiv(number, 5)) AS person,
        concat('merchant-', leftPad(toString(toUInt32(floor(pow({merchants:UInt32}, (intHash32(intDiv(number, 5)) % 1000003) / 1000003)) - 1)), 6, '0')) AS merchant_id,
        toDateTime64({last:Date}, 3, 'UTC') - toIntervalMillisecond(cityHash64(number, 2) % (60 * 86400000)) + toIntervalMillisecond(cityHash64(number, 3) % (2 * 86400000)) AS paid_at,
        toDate(paid_at, 'Asia/Shanghai') AS day
    FROM numbers({visits:UInt64})
    WHERE number % 5 = 0
)
