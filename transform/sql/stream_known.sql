-- What runs kept of persons since the merchant was last made whole.
SELECT
    merchant_id,
    run,
    person,
    first_visit,
    last_visit,
    first_paying,
    last_paying,
    register,
    portal,
    terminal,
    store_id,
    campaign_id,
    first_visit_paid,
    visit_weeks,
    visit_months,
    paying_weeks,
    paying_months
FROM first_days_by_run
WHERE
    merchant_id IN (SELECT merchant_id FROM keys WHERE from > toDate(0))
    AND run IN (SELECT run FROM published_runs)
    AND run >= transform(
        merchant_id,
        (SELECT groupArray(merchant_id) FROM current_spans WHERE from_span = toDate(0)),
        (SELECT groupArray(run) FROM current_spans WHERE from_span = toDate(0)),
        toUInt64(0)
    )
ORDER BY merchant_id, person, run
