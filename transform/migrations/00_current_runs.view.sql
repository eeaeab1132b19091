CREATE OR REPLACE VIEW current_runs AS
SELECT
    merchant_id,
    max(publications.run) AS run
FROM publications
GROUP BY merchant_id
