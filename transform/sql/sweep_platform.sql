DELETE FROM {table:Identifier}
WHERE run NOT IN (SELECT max(run) FROM published_runs)
