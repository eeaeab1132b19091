DELETE FROM first_days_by_run
WHERE
    cityHash64(merchant_id) % {parts:UInt8} = {part:UInt8}
    AND (merchant_id, person, run) NOT IN (
        SELECT
            merchant_id,
            person,
            max(run)
        FROM first_days_by_run
        WHERE run IN (SELECT run FROM published_runs) AND cityHash64(merchant_id) % {parts:UInt8} = {part:UInt8}
        GROUP BY merchant_id, person
    )
