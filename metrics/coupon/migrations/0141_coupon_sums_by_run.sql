-- +goose Up
CREATE TABLE coupon_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the records; the sums are by how much they changed the counts',
    first_day Date COMMENT 'day the coupons were first seen',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9) COMMENT 'of the claim, else of the first record',
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4),
    expiry_day Date COMMENT 'day of valid_until, 2149-06-06 = never',
    issued Int64,
    claimed Int64,
    gifted Int64,
    received Int64,
    redeemed Int64,
    returned Int64 COMMENT 'ever; a returned coupon is open again',
    expired Int64 COMMENT 'told by a record',
    voided Int64,
    open Int64 COMMENT 'expire on expiry_day unless something happens first',
    held Int64 COMMENT 'of the open ones: claimed, received or returned',
    broken Int64 COMMENT 'of the expired ones: held before',
    impossible Int64 COMMENT 'records of transitions that cannot be'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, first_day, placement, campaign_id, kind, expiry_day)
