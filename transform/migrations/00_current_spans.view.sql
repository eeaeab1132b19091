CREATE OR REPLACE VIEW current_spans AS
SELECT
    merchant_id,
    segment_run AS run,
    segment_from AS from_span,
    segment_until AS until_span,
    runs[1] AS whole_run,
    runs[-1] AS last_run
FROM (
    SELECT
        merchant_id,
        argMax(publications.segment_run, publications.run) AS runs,
        argMax(publications.segment_from, publications.run) AS starts
    FROM publications
    WHERE merchant_id != ''
    GROUP BY merchant_id
)
ARRAY JOIN
    runs AS segment_run,
    starts AS segment_from,
    arrayPushBack(arrayPopFront(starts), toDate(65535)) AS segment_until
