SELECT n FROM url('http://127.0.0.1:1/', 'CSV', 'n UInt64')
