-- Of a coupon with an event from the start on, all of its life.
SELECT
    merchant_id,
    person,
    event_time,
    event_hash,
    version,
    is_deleted,
    xxh3(coupon_id) AS coupon,
    campaign_id,
    kind,
    stage,
    placement,
    valid_until
FROM coupons_placed
WHERE
    merchant_id IN (SELECT merchant_id FROM keys)
    AND (
        event_time >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
        OR (merchant_id, coupon_id) IN (
            SELECT merchant_id, coupon_id
            FROM coupons_placed
            WHERE
                merchant_id IN (SELECT merchant_id FROM keys)
                AND event_time >= fromUnixTimestamp64Milli({start:Int64}, 'UTC')
        )
    )
ORDER BY merchant_id, person, event_time, event_id, stage
