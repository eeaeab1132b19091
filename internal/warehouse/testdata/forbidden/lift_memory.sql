SELECT number AS n FROM every_type SETTINGS max_memory_usage = 0
