-- +goose Up
CREATE TABLE distinct_persons_by_run
(
    merchant_id String COMMENT 'stands for all merchants together: * and the industry, * alone for the platform',
    run UInt64 COMMENT 'the batch that made the row; of the published ones the newest counts',
    person UInt64,
    first_visit Date COMMENT '1970 = never',
    last_visit Date,
    first_paying Date,
    last_paying Date,
    register Date COMMENT 'the first register',
    portal Enum8('' = 0, 'scan' = 1, 'search' = 2, 'friend_tab' = 3, 'payment_success' = 4, 'collection' = 5, 'life_account' = 6, 'card_package' = 7, 'other' = 8) COMMENT 'this and the following: of the first visit',
    terminal Enum8('' = 0, 'alipay' = 1, 'amap' = 2, 'koubei' = 3, 'eleme' = 4, 'dingtalk' = 5, 'other' = 6),
    store_id String,
    campaign_id String,
    first_visit_paid Bool,
    visit_weeks String COMMENT 'the last 64 weeks of activity, packed for the next batch; so are the others',
    visit_months String,
    paying_weeks String,
    paying_months String
)
ENGINE = MergeTree
ORDER BY (merchant_id, person, run)
