-- +goose Up
CREATE TABLE coupon_sales_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date COMMENT 'day of the redemptions, and of the decision of the orders',
    first_day Date COMMENT 'day the coupons were first seen; day where no record of the coupon is near the order',
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9),
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4) COMMENT 'this and the ones before: empty where no record of the coupon is near the order',
    redemptions UInt64,
    kept UInt64 COMMENT 'redemptions that were not refunded within 30 days',
    repurchased UInt64 COMMENT 'kept ones that another order followed within 30 days',
    orders UInt64 COMMENT 'orders that name a coupon',
    cost Decimal(18, 2) COMMENT 'their discounts, in the merchant''s currency',
    net Decimal(18, 2) COMMENT 'their amounts less refunds, in the merchant''s currency'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, day, first_day, placement, campaign_id, kind)
