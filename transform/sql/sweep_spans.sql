DELETE FROM {table:Identifier}
WHERE (merchant_id, run) NOT IN (SELECT merchant_id, arrayJoin(segment_run) FROM publications)
