ALTER TABLE lifecycle_flows_by_run DELETE WHERE run = {run:UInt64} AND new_dormant > 0 SETTINGS mutations_sync = 2
