CREATE OR REPLACE VIEW entries AS
SELECT
    merchant_id,
    person,
    event_time,
    event_id,
    revision,
    store_id,
    action,
    portal,
    scene,
    terminal,
    session_id,
    campaign_id,
    coupon_id,
    no_consent,
    stored_at
FROM entries_placed
FINAL
