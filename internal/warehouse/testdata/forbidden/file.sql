SELECT n FROM file('/etc/passwd', 'CSV', 'n UInt64')
