-- stop: the coupon records in the figures are those of the events, and so are those that cannot be
WITH
    records_there AS (
        SELECT
            c.merchant_id AS merchant_id,
            count() AS records
        FROM coupons_placed AS c
        FINAL
        INNER JOIN fresh ON fresh.merchant_id = c.merchant_id
        WHERE c.merchant_id IN (SELECT merchant_id FROM fresh) AND c.person != 0 AND c.event_time >= (SELECT min(start) FROM fresh) AND c.event_time >= fresh.start
        GROUP BY c.merchant_id
    ),
    steps AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.records) AS records,
            toInt64(sumIf(s.records, NOT s.possible)) AS impossible
        FROM coupon_transitions_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id
    ),
    sums AS (
        SELECT
            s.merchant_id AS merchant_id,
            sum(s.impossible) AS impossible
        FROM coupon_sums_by_run AS s
        INNER JOIN fresh ON fresh.merchant_id = s.merchant_id
        WHERE s.run = {run:UInt64} AND s.day >= fresh.from_span
        GROUP BY s.merchant_id
    )
SELECT
    fresh.merchant_id AS merchant_id,
    fresh.from_span AS day,
    concat('events from this day on: ', toString(records_there.records), ' coupon records; coupon_transitions: ', toString(steps.impossible), ' that cannot be') AS expected,
    concat('coupon_transitions: ', toString(steps.records), ' records; coupon_sums: ', toString(sums.impossible), ' that cannot be') AS found
FROM fresh
LEFT JOIN records_there ON records_there.merchant_id = fresh.merchant_id
LEFT JOIN steps ON steps.merchant_id = fresh.merchant_id
LEFT JOIN sums ON sums.merchant_id = fresh.merchant_id
WHERE steps.records != records_there.records OR steps.impossible != sums.impossible
ORDER BY merchant_id
