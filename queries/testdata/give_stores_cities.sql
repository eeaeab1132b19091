INSERT INTO merchants_settled
SELECT * REPLACE (2 AS version, arrayMap(store -> if(store = 'north', 'Beijing', ''), store_ids) AS store_cities)
FROM merchants_settled
