SELECT number AS n FROM every_type SETTINGS readonly = 0
