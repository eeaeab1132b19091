SELECT concat(kind, ',', reason, ',', field) AS `kind,reason,field`
FROM dead_letters
ORDER BY kind, partition, offset
FORMAT TSVRawWithNames
