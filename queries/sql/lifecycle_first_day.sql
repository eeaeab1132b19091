SELECT min(day) AS first_day
FROM merchant_days
WHERE merchant_id = {merchant:String} AND entries + orders > 0
