SELECT
    state,
    toInt64(count()) AS n
FROM coupon_states
GROUP BY state
