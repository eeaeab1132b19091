INSERT INTO entries_placed
(
    merchant_id,
    person,
    event_time,
    event_id,
    event_hash,
    version,
    is_deleted,
    lease_until,
    store_id,
    user,
    anonymous,
    no_consent,
    revision,
    action,
    portal,
    portal_from_scene,
    scene,
    terminal,
    session_id,
    campaign_id,
    coupon_id
)
SELECT
    l.merchant_id,
    p.person,
    l.event_time,
    l.event_id,
    xxh3(l.event_id),
    {version:UInt64},
    0,
    fromUnixTimestamp64Milli({lease_until:Int64}, 'UTC'),
    l.store_id,
    l.user,
    l.anonymous,
    l.no_consent,
    l.revision,
    l.action,
    l.portal,
    l.portal_from_scene,
    l.scene,
    l.terminal,
    l.session_id,
    l.campaign_id,
    l.coupon_id
FROM entries_log AS l
INNER JOIN places AS p ON l.topic_epoch = p.topic_epoch AND l.part = p.part AND l.off = p.off
WHERE (l.topic_epoch, l.part, l.off) IN (SELECT topic_epoch, part, off FROM places)
