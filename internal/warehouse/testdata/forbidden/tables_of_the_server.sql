SELECT count() AS n FROM system.parts
