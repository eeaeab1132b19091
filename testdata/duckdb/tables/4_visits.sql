-- A visit entry begins a visit when the session is another than that of the entry
-- before or, where either has none, when more than 30 minutes have passed.
CREATE TABLE visit_entries AS
SELECT
    merchant_id, industry, time_zone, person, moment, event_id, day, session_id, store_id,
    coalesce(portal, 'other') AS portal,
    coalesce(
        CASE
            WHEN session_id IS NULL OR lag(session_id) OVER timeline IS NULL
                THEN moment - lag(moment) OVER timeline > INTERVAL 30 MINUTE
            ELSE session_id <> lag(session_id) OVER timeline
        END,
        true) AS begins
FROM happened
WHERE kind = 'entries' AND action = 'visit' AND person IS NOT NULL
WINDOW timeline AS (PARTITION BY merchant_id, person ORDER BY moment, event_id);

CREATE TABLE visits AS
SELECT
    * EXCLUDE (begins),
    row_number() OVER (PARTITION BY merchant_id, person ORDER BY moment, event_id) AS number
FROM visit_entries
WHERE begins;
