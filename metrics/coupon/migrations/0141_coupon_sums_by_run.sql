-- +goose Up
CREATE TABLE coupon_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day the coupons were first seen',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9),
    campaign_id String,
    expiry_day Date COMMENT 'day of valid_until, 2149-06-06 = never',
    issued UInt64,
    claimed UInt64,
    gifted UInt64,
    received UInt64,
    redeemed UInt64,
    returned UInt64,
    expired UInt64,
    voided UInt64,
    pending UInt64 COMMENT 'expire on expiry_day unless something happens first'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, placement, campaign_id, expiry_day)
