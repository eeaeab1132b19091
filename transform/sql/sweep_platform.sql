-- The effects over merchants of earlier runs.
DELETE FROM uplift_figures
WHERE run NOT IN (SELECT max(run) FROM published_runs)
