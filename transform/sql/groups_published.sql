SELECT
    merchant_id,
    toUInt32(max(publications.revision)) AS revision,
    argMax(publications.definition_version, publications.run) AS definition_version,
    argMax(publications.segment_from, publications.run) AS segment_from,
    argMax(publications.segment_run, publications.run) AS segment_run
FROM publications
WHERE startsWith(merchant_id, '*')
GROUP BY merchant_id
