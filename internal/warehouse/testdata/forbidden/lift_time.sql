SELECT number AS n FROM every_type SETTINGS max_execution_time = 0
