CREATE TABLE every_type
(
    number UInt64,
    text String,
    word LowCardinality(String),
    tiny UInt8,
    small UInt16,
    medium UInt32,
    signed_medium Int32,
    signed Int64,
    real Float64,
    truth Bool,
    is_deleted UInt8,
    moment DateTime64(3, 'UTC'),
    amount Decimal(18, 2),
    day Date,
    choice Enum8('' = 0, 'one, or (1)' = 1, 'most' = 127),
    maybe_number Nullable(Int32),
    maybe_day Nullable(Date),
    maybe_real Nullable(Float64),
    texts Array(String),
    moments Array(DateTime64(3, 'UTC')),
    truths Array(Bool),
    mediums Array(UInt32),
    numbers Array(UInt64),
    signeds Array(Int64),
    reals Array(Float64),
    unbound String DEFAULT 'default'
)
ENGINE = MergeTree
ORDER BY number
