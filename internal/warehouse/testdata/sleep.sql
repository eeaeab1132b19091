SELECT sleepEachRow(1) + number AS n
FROM system.numbers
LIMIT 60
SETTINGS max_block_size = 1
