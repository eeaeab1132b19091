publications AS (
    SELECT
        run,
        merchant_id,
        published_at,
        base_run,
        watermark,
        as_of,
        settled_version,
        definition_version,
        revision,
        cause,
        from_span,
        segment_from,
        segment_run
    FROM publications
    WHERE publications.run <= {as_of}
)
