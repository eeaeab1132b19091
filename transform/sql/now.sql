SELECT
    now64(3, 'UTC') AS now,
    (SELECT max(watermark) FROM closed_days) AS declared
