SELECT max(insert_rows) AS row_count
FROM
(
    SELECT count() AS insert_rows
    FROM entries_log
    GROUP BY part, lease_until
)
