CREATE OR REPLACE VIEW published_runs AS
SELECT
    run,
    published_at,
    watermark,
    as_of,
    settled_version,
    definition_version
FROM publications
WHERE merchant_id = ''
