INSERT INTO publications (run, merchant_id, watermark, as_of)
SELECT
    1,
    arrayJoin(arrayConcat([''], groupArray(merchant_id))),
    {watermark:DateTime64(3, 'UTC')},
    {watermark:DateTime64(3, 'UTC')}
FROM merchants_settled
