ALTER TABLE entries_log DELETE WHERE off >= 0
