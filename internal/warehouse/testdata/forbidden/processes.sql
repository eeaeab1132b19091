SELECT count() AS n FROM system.processes
