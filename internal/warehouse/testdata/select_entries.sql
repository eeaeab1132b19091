SELECT
    merchant_id, person, event_time, event_id, event_hash, version, is_deleted,
    lease_until, store_id, user, anonymous, no_consent, revision, action, portal,
    portal_from_scene, scene, terminal, session_id, campaign_id, coupon_id
FROM entries_placed
