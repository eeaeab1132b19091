-- Of each person the newest row that counts stays.
DELETE FROM {table:Identifier}
WHERE
    cityHash64(person) % {parts:UInt8} = {part:UInt8}
    AND (merchant_id, person, run) NOT IN (
        SELECT
            f.merchant_id,
            f.person,
            max(f.run)
        FROM {table:Identifier} AS f
        INNER JOIN current_spans AS c ON c.merchant_id = f.merchant_id
        WHERE
            cityHash64(f.person) % {parts:UInt8} = {part:UInt8}
            AND c.from_span = toDate(0)
            AND f.run >= c.whole_run
            AND f.run <= c.last_run
            AND f.run IN (SELECT run FROM published_runs)
        GROUP BY f.merchant_id, f.person
    )
