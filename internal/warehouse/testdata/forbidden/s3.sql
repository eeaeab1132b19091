SELECT n FROM s3('http://127.0.0.1:1/bucket/b.csv', 'CSV', 'n UInt64')
