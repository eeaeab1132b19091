SELECT toString((merchant_id, event_id, toUInt8(user != 0), coupon_id, campaign_id, kind, stage, toUInt8(to_user != 0), placement, face_value, min_spend, valid_until)) AS row
FROM coupons_log
