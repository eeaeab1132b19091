-- Every line of the world's files that is a JSON object, with its place in its file.
CREATE TABLE objects AS
WITH lines AS (
    SELECT
        regexp_extract(filename, '([a-z]+)-[0-9]+\.ndjson$', 1) AS kind,
        filename,
        unnest(string_split(content, chr(10))) AS line,
        generate_subscripts(string_split(content, chr(10)), 1) AS position
    FROM read_text(getvariable('world') || '/*.ndjson')
)
SELECT kind, filename, position, line::JSON AS o
FROM lines
WHERE CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE false END;

-- An absent field and a JSON null are NULL here. Money is text so far: a number is no amount.
CREATE TABLE said AS
SELECT
    kind, filename, position,
    o ->> 'event_id' AS event_id,
    o ->> 'merchant_id' AS merchant_id,
    coalesce(try_cast(o ->> 'revision' AS UBIGINT), 0) AS revision,
    coalesce((o ->> 'deleted') = 'true', false) AS deleted,
    coalesce(o ->> 'schema', '1') AS schema,
    o ->> 'event_time' AS event_time_text,
    CASE WHEN regexp_full_match(o ->> 'event_time', '[0-9-]{10}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})')
        THEN date_trunc('milliseconds', try_cast(o ->> 'event_time' AS TIMESTAMPTZ)) END AS moment,
    o ->> 'user_id' AS user_id,
    o ->> 'anonymous_id' AS anonymous_id,
    coalesce((o ->> 'consent') <> 'false', true) AS consent,
    o ->> 'store_id' AS store_id,
    o ->> 'session_id' AS session_id,
    coalesce(o ->> 'action', 'visit') AS action,
    o ->> 'portal' AS portal,
    o ->> 'scene' AS scene,
    o ->> 'kind' AS type,
    CASE WHEN json_type(o, '$.amount') = 'VARCHAR' THEN o ->> 'amount' END AS amount_text,
    coalesce(try_cast(o ->> 'discount' AS DECIMAL(18, 2)), 0) AS discount,
    coalesce(try_cast(o ->> 'stored_value' AS DECIMAL(18, 2)), 0) AS stored_value,
    o ->> 'transaction_id' AS transaction_id,
    o ->> 'currency' AS currency,
    o ->> 'method' AS method,
    coalesce(o ->> 'lever', 'none') AS lever,
    o ->> 'installments' AS installments,
    date_trunc('milliseconds', try_cast(o ->> 'ordered_at' AS TIMESTAMPTZ)) AS ordered_at,
    o ->> 'coupon_id' AS coupon_id,
    o ->> 'campaign_id' AS campaign_id,
    o ->> 'stage' AS stage,
    o ->> 'to_user_id' AS to_user_id,
    coalesce(o ->> 'placement', 'other') AS placement,
    date_trunc('milliseconds', try_cast(o ->> 'valid_until' AS TIMESTAMPTZ)) AS valid_until
FROM objects
WHERE kind <> 'merchants';

-- What the contract takes. Tombstones need to say no more than what they bury.
CREATE TABLE records AS
SELECT *, try_cast(amount_text AS DECIMAL(18, 2)) AS amount
FROM said
WHERE regexp_full_match(event_id, '[!-~]{1,64}')
    AND regexp_full_match(merchant_id, '[A-Za-z0-9_.:-]{1,64}')
    AND schema = '1'
    AND (deleted OR (
        moment >= TIMESTAMPTZ '2015-01-01T00:00:00Z'
        AND (kind = 'transactions' OR user_id IS NOT NULL OR anonymous_id IS NOT NULL)
        AND CASE kind
            WHEN 'entries' THEN
                action IN ('visit', 'register', 'collect', 'uncollect', 'follow', 'unfollow')
                AND (portal IS NOT NULL OR scene IS NOT NULL OR action <> 'visit')
                AND coalesce(portal, 'other') IN (
                    'scan', 'search', 'friend_tab', 'payment_success', 'collection', 'life_account', 'card_package', 'other')
            WHEN 'transactions' THEN
                transaction_id IS NOT NULL
                AND type IN ('payment', 'refund')
                AND regexp_full_match(amount_text, '[0-9]{1,14}(\.[0-9]{1,2})?')
                AND (method = 'installments') = (installments IS NOT NULL)
            ELSE
                coupon_id IS NOT NULL AND campaign_id IS NOT NULL
                AND stage IN ('issued', 'claimed', 'gifted', 'redeemed', 'returned', 'expired', 'voided')
                AND (stage = 'gifted') = (to_user_id IS NOT NULL)
                AND (stage NOT IN ('redeemed', 'returned') OR transaction_id IS NOT NULL)
        END));
