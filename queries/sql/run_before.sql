SELECT run
FROM published_runs
WHERE published_at < fromUnixTimestamp64Milli({instant:Int64}, 'UTC')
ORDER BY run DESC
LIMIT 1
