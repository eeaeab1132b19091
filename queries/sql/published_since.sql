SELECT
    merchant_id,
    run,
    published_at,
    revision,
    toString(publications.cause) AS cause,
    from_span
FROM publications
WHERE
    publications.run > {since:UInt64}
    AND merchant_id != ''
    AND NOT startsWith(merchant_id, '*')
    AND ({merchant:String} = '' OR merchant_id = {merchant:String})
    AND ({industry:String} = '' OR merchant_id IN (SELECT merchant_id FROM merchants WHERE industry = {industry:String}))
ORDER BY merchant_id, run
