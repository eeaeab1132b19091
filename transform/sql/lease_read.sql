SELECT
    argMax(l.fence, (l.fence, l.until)) AS fence,
    argMax(l.holder, (l.fence, l.until)) AS holder,
    argMax(l.until, (l.fence, l.until)) AS until,
    now64(3, 'UTC') AS now
FROM leases AS l
WHERE l.name = {name:String}
