DELETE FROM marks
WHERE version <= {settled:UInt64} AND NOT has({withheld:Array(String)}, merchant_id)
