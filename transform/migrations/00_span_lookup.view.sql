CREATE OR REPLACE VIEW span_lookup AS
-- current_spans in arrays, for the views of large tables: a join would lose the
-- order in which such a table is read, a transform of two of the arrays keeps it.
SELECT
    groupArray(cityHash64(merchant_id, run)) AS made,
    groupArray(from_span) AS from_spans,
    groupArray(until_span) AS until_spans,
    groupArrayIf(cityHash64(merchant_id), from_span = toDate(0)) AS merchants,
    groupArrayIf(whole_run, from_span = toDate(0)) AS whole_runs,
    groupArrayIf(last_run, from_span = toDate(0)) AS last_runs
FROM current_spans
