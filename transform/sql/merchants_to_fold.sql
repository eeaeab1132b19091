SELECT
    m.merchant_id AS merchant_id,
    name,
    owner,
    store_ids,
    store_names,
    store_cities,
    industry,
    city,
    time_zone,
    currency,
    user_id_scope,
    settlement_days,
    capability_names,
    capability_enabled_at,
    capability_disabled_at,
    capability_void,
    updated_at,
    toUInt32(p.revision) AS revision,
    p.definition_version AS definition_version,
    p.segment_from AS segment_from,
    p.segment_run AS segment_run,
    c.first_mark AS first_mark,
    c.causes AS causes,
    c.first_marks AS first_marks
FROM merchants AS m
LEFT JOIN (
    SELECT
        merchant_id,
        max(publications.revision) AS revision,
        argMax(publications.definition_version, publications.run) AS definition_version,
        argMax(publications.segment_from, publications.run) AS segment_from,
        argMax(publications.segment_run, publications.run) AS segment_run
    FROM publications
    WHERE merchant_id != ''
    GROUP BY merchant_id
) AS p ON p.merchant_id = m.merchant_id
LEFT JOIN (
    SELECT
        merchant_id,
        min(days.first_mark) AS first_mark,
        groupArray(days.cause) AS causes,
        groupArray(days.first_mark) AS first_marks,
        count() AS marks
    FROM (
        SELECT
            merchant_id,
            toString(marks.cause) AS cause,
            toDate(ifNull(min(coalesce(new_day, old_day)), 65535)) AS first_mark
        FROM marks
        WHERE version <= {through:UInt64}
        GROUP BY merchant_id, marks.cause
        ORDER BY merchant_id, marks.cause
    ) AS days
    GROUP BY merchant_id
) AS c ON c.merchant_id = m.merchant_id
WHERE p.definition_version < {definition_version:UInt32} OR c.marks > 0
ORDER BY merchant_id
