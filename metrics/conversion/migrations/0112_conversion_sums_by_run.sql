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
    gross Decimal(18, 2),
    net Decimal(18, 2),
    users UInt64 COMMENT 'distinct users with such a visit',
    vv UInt64 COMMENT 'sum over users of visits squared',
    vc UInt64 COMMENT 'sum over users of visits times converted visits',
    cc UInt64 COMMENT 'sum over users of converted visits squared'
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, by_portal, portal, day)
