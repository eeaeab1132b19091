SYSTEM START LISTEN TCP;
SYSTEM START LISTEN HTTP;
SELECT sleepEachRow(3)
FROM system.numbers
FORMAT Null
SETTINGS function_sleep_max_microseconds_per_block = 0, max_execution_time = 0
