DELETE FROM marks
WHERE version <= {settled:UInt64}
