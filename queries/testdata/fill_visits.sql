-- Visits of 60 days: five a person, merchants by Zipf.
INSERT INTO visits_by_run (merchant_id, run, span, person, day, start, portal, terminal, store_id, campaign_id, first_of_day)
SELECT
    merchant_id,
    1,
    toMonday(day + 2),
    person,
    day,
    start,
    1 + cityHash64(number, 1) % 8,
    1,
    '',
    '',
    true
FROM (
    SELECT
        number,
        intHash64(intDiv(number, 5)) AS person,
        concat('merchant-', leftPad(toString(toUInt32(floor(pow({merchants:UInt32}, (intHash32(intDiv(number, 5)) % 1000003) / 1000003)) - 1)), 6, '0')) AS merchant_id,
        toDateTime64({last:Date}, 3, 'UTC') - toIntervalMillisecond(cityHash64(number, 2) % (60 * 86400000)) AS start,
        toDate(start, 'Asia/Shanghai') AS day
    FROM numbers({visits:UInt64})
)
