-- +goose Up
CREATE TABLE coupon_curves_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the records; the sums are by how much they changed the counts',
    claim_day Date,
    age UInt16 COMMENT 'days from the claim to what is counted, 0 for the claim',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9),
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4),
    claims Int64,
    redeemed Int64 COMMENT 'less those that were returned',
    left Int64 COMMENT 'given away or voided'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, claim_day, age, placement, campaign_id, kind)
