SELECT toString((merchant_id, event_id, event_time, store_id, user, toUInt8(anonymous != 0), revision, toUInt8(deleted), toUInt8(content_hash != 0), action, portal, toUInt8(portal_from_scene), terminal, session_id, campaign_id, coupon_id, unknown_fields)) AS row
FROM entries_log
