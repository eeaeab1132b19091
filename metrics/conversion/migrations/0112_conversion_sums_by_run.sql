-- +goose Up
CREATE TABLE conversion_sums_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    day Date,
    by_portal Bool COMMENT 'false: the row of all portals',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8),
    visits UInt64,
    converted UInt64,
    kept UInt64 COMMENT 'converted, payments aside that were wholly refunded within 7 days',
    gross Decimal(18, 2),
    net Decimal(18, 2),
    users UInt64 COMMENT 'distinct users with such a visit',
    vv UInt64 COMMENT 'sum over users of visits squared',
    vc UInt64 COMMENT 'sum over users of visits times converted visits',
    cc UInt64 COMMENT 'sum over users of converted visits squared',
    vk UInt64 COMMENT 'sum over users of visits times kept visits',
    kk UInt64 COMMENT 'sum over users of kept visits squared',
    visitors UInt64 COMMENT 'users whose first visit of the day it is',
    visitors_converted UInt64 COMMENT 'those who paid within its window',
    visitors_kept UInt64 COMMENT 'the same, payments aside that were wholly refunded within 7 days'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, by_portal, portal, day)
