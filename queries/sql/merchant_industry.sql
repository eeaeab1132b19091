SELECT industry
FROM merchants
WHERE merchant_id = {merchant:String}
