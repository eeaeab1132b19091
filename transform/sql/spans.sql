SELECT
    merchant_id,
    run,
    from_span,
    until_span
FROM current_spans
