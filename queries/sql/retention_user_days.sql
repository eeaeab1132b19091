SELECT
    person,
    day,
    portal
FROM user_days
WHERE merchant_id = {merchant:String} AND if({activity:String} = 'paying', payments > 0, visited)
ORDER BY person, day
