SELECT number AS n FROM every_type SETTINGS use_query_cache = 1
