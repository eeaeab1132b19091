-- The last days on which some persons were active at a group's merchants.
SELECT
    person,
    max(last_visit) AS last_visit,
    max(last_paying) AS last_paying
FROM (
    SELECT
        k.person AS person,
        argMax((k.last_visit, k.last_paying), k.run) AS newest,
        newest.1 AS last_visit,
        newest.2 AS last_paying
    FROM first_days_by_run AS k
    INNER JOIN (
        SELECT
            merchant_id,
            minIf(run, from_span = toDate(0)) AS whole_run,
            max(run) AS last_run
        FROM spans
        GROUP BY merchant_id
    ) AS s ON s.merchant_id = k.merchant_id
    WHERE
        k.merchant_id IN (
            SELECT merchant_id
            FROM merchants
            WHERE user_id_scope = 'platform' AND ({industry:String} = '' OR industry = {industry:String})
        )
        AND k.person IN ({persons:Array(UInt64)})
        AND (k.run = {run:UInt64} OR k.run IN (SELECT run FROM published_runs))
        AND k.run >= s.whole_run
        AND k.run <= s.last_run
    GROUP BY k.merchant_id, k.person
)
GROUP BY person
