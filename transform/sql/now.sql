SELECT
    now64(3, 'UTC') AS now,
    coalesce((SELECT max(watermark) FROM closed_days), toDateTime64(0, 3, 'UTC')) AS declared
