DELETE FROM leases
WHERE beat < now64(3) - INTERVAL 1 DAY AND (name, fence) NOT IN (SELECT name, max(fence) FROM leases GROUP BY name)
