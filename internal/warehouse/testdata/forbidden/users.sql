SELECT count() AS n FROM system.users
