INSERT INTO things (thing_id, color) VALUES (1, 'red')
