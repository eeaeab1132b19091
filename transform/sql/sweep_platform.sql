DELETE FROM {table:Identifier}
WHERE run NOT IN (SELECT run FROM current_runs WHERE merchant_id = '')
