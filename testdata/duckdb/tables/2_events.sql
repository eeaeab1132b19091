-- Merchants; one that only sent events has the contract's defaults.
CREATE TABLE merchants AS
WITH declared AS (
    SELECT o FROM objects
    WHERE kind = 'merchants'
    QUALIFY row_number() OVER (
        PARTITION BY o ->> 'merchant_id' ORDER BY (o ->> 'updated_at')::TIMESTAMPTZ DESC, filename DESC, position DESC) = 1
)
SELECT
    ids.merchant_id,
    coalesce(o ->> 'industry', 'other') AS industry,
    coalesce(o ->> 'time_zone', 'Asia/Shanghai') AS time_zone,
    coalesce(o ->> 'currency', 'CNY') AS currency,
    coalesce(o ->> 'user_id_scope', 'platform') AS user_id_scope,
    coalesce((o ->> 'settlement_days')::INTEGER, 0) AS settlement_days
FROM (
    SELECT merchant_id FROM records
    UNION
    SELECT o ->> 'merchant_id' FROM declared
) AS ids
LEFT JOIN declared ON o ->> 'merchant_id' = ids.merchant_id;

-- One record speaks for each event: the highest revision, of equal ones the
-- first that came. A tombstone leaves nothing. Without consent there are no ids.
CREATE TABLE events AS
SELECT * REPLACE (
    CASE WHEN consent THEN user_id END AS user_id,
    CASE WHEN consent THEN anonymous_id END AS anonymous_id,
    CASE WHEN consent THEN to_user_id END AS to_user_id)
FROM (
    SELECT * FROM records
    QUALIFY row_number() OVER (
        PARTITION BY kind, merchant_id, event_id ORDER BY revision DESC, filename, position) = 1
)
WHERE NOT deleted;

-- An anonymous id belongs to the user of its first link at the merchant.
CREATE TABLE links AS
SELECT merchant_id, anonymous_id, user_id
FROM events
WHERE user_id IS NOT NULL AND anonymous_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY merchant_id, anonymous_id ORDER BY moment, event_id) = 1;

-- Events with the person they belong to, NULL for nobody, and the merchant's day.
-- Someone known by an anonymous id alone is a person too, at that merchant.
CREATE TABLE happened AS
SELECT
    e.* EXCLUDE (currency),
    coalesce(e.user_id, l.user_id, '?' || e.anonymous_id) AS person,
    m.industry,
    m.time_zone,
    m.currency AS own_currency,
    coalesce(e.currency, m.currency) AS currency,
    timezone(m.time_zone, e.moment)::DATE AS day
FROM events AS e
JOIN merchants AS m USING (merchant_id)
LEFT JOIN links AS l ON l.merchant_id = e.merchant_id AND l.anonymous_id = e.anonymous_id;
