SELECT number AS n
FROM system.numbers
LIMIT {limit:UInt64}
