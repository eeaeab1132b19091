SELECT
    argMax(fence, (fence, until)) AS fence,
    argMax(holder, (fence, until)) AS holder,
    argMax(until, (fence, until)) AS until,
    now64(3, 'UTC') AS now
FROM leases
WHERE name = {name:String}
