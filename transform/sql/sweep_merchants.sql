DELETE FROM {table:Identifier}
WHERE (merchant_id, run) NOT IN (SELECT merchant_id, run FROM current_runs)
