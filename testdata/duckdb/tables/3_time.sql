-- The files cover their days: all days up to the newest are closed for every
-- merchant. So the watermark is the midnight after it where that comes last, and
-- for every merchant exactly one more day has begun.
CREATE TABLE clock AS
SELECT max(day) AS last_day FROM happened;

CREATE MACRO closed(day) AS (day) <= (SELECT last_day FROM clock);
CREATE MACRO begun(day) AS (day) <= (SELECT last_day + 1 FROM clock);

-- The state of a cell that needs the days from first to last.
CREATE MACRO state(first, last) AS
    CASE WHEN NOT begun(first) THEN 'not_due' WHEN closed(last) THEN 'final' ELSE 'open' END;
