SELECT result
FROM uplift_figures
WHERE
    run = (SELECT max(run) FROM published_runs)
    AND capability = {capability:String}
    AND ({industry:String} = '' OR industry = {industry:String})
ORDER BY industry
