-- +goose Up
CREATE TABLE lifecycle_flows_by_run
(
    merchant_id String,
    run UInt64 COMMENT 'the batch that made the row; current_spans says which rows count',
    span Date COMMENT 'Monday of the last week whose events can change the row',
    week Date COMMENT 'Monday of the week into which the flows lead, from the week before',
    activity LowCardinality(String) COMMENT 'visit or paying: what makes a user active',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'of the first visit entry on the week''s first active day; empty for who went dormant',
    outside_new UInt64 COMMENT 'users whose first active week it is',
    outside_returning UInt64 COMMENT 'the same, but known by a register of at most 3 idle weeks ago',
    outside_resurrected UInt64 COMMENT 'the same, but known by a register of longer ago',
    new_returning UInt64,
    returning_returning UInt64,
    resurrected_returning UInt64,
    dormant_returning UInt64,
    dormant_resurrected UInt64,
    new_dormant UInt64,
    returning_dormant UInt64,
    resurrected_dormant UInt64
)
ENGINE = MergeTree
ORDER BY (merchant_id, run, span, week, activity, portal)
