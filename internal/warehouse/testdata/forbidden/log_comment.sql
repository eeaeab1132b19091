SELECT number AS n FROM every_type SETTINGS log_comment = 'x'
