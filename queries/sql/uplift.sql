SELECT result
FROM uplift_figures
WHERE
    run IN (SELECT run FROM current_runs WHERE merchant_id = '')
    AND capability = {capability:String}
    AND ({industry:String} = '' OR industry = {industry:String})
ORDER BY industry
