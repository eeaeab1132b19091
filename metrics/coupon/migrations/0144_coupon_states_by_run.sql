-- +goose Up
CREATE TABLE coupon_states_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    person UInt64,
    coupon UInt64 COMMENT 'xxh3(coupon_id)',
    day Date COMMENT 'day of the last record',
    campaign_id String,
    kind Enum8('' = 0, 'voucher' = 1, 'discount' = 2, 'gift_card' = 3, 'points' = 4),
    placement Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8, 'life_account_message' = 9) COMMENT 'of the claim, else of the first record',
    state Enum8('' = 0, 'issued' = 1, 'claimed' = 2, 'gifted' = 3, 'redeemed' = 4, 'returned' = 5, 'expired' = 6, 'voided' = 7, 'received' = 8) COMMENT 'the stage that led to it',
    first_at DateTime64(3, 'UTC'),
    claimed_at DateTime64(3, 'UTC') COMMENT '1970 = never',
    redeemed_at DateTime64(3, 'UTC') COMMENT 'the last redemption, 1970 = never',
    changed_at DateTime64(3, 'UTC') COMMENT 'when it came into the state',
    valid_until DateTime64(3, 'UTC') COMMENT '1970 = never expires',
    impossible UInt32 COMMENT 'records of transitions that cannot be'
)
ENGINE = MergeTree
ORDER BY (merchant_id, person, coupon, day, run)
