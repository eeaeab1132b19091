INSERT INTO publications (run, merchant_id, watermark, as_of, segment_from, segment_run)
SELECT
    1,
    arrayJoin(arrayConcat([''], groupArray(merchant_id))),
    {watermark:DateTime64(3, 'UTC')},
    {watermark:DateTime64(3, 'UTC')},
    [toDate(0)],
    [1]
FROM merchants_settled
