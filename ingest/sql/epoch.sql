SELECT topic_epoch
FROM {table:Identifier}
ORDER BY topic_epoch DESC
LIMIT 1
