SELECT
    topic_epoch,
    part,
    min(off) AS first_off,
    max(off) AS last_off
FROM {log}
WHERE {ranges}
GROUP BY topic_epoch, part
ORDER BY topic_epoch, part
