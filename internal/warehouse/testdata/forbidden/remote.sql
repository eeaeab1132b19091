SELECT n FROM remote('127.0.0.1:1', 'system', 'one')
