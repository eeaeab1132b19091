-- Older than a day, the last publication of each merchant and day stays; older
-- than {days} days, the last of all.
DELETE FROM publications
WHERE
    merchant_id != ''
    AND published_at < now64(3) - INTERVAL 1 DAY
    AND (merchant_id, run) NOT IN (
        SELECT
            merchant_id,
            max(run)
        FROM publications
        GROUP BY merchant_id, if(published_at < now64(3) - toIntervalDay({days:UInt16}), toDate(0), toDate(published_at))
    )
    AND (merchant_id, run) NOT IN (SELECT merchant_id, max(run) FROM publications GROUP BY merchant_id)
