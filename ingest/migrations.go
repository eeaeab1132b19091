package ingest

import "embed"

// Migrations holds the log tables and the views over them, in the folder
// migrations: numbered files that run once, in order, and files named
// *.view.sql that are run after them each time.
//
//go:embed migrations/*.sql
var Migrations embed.FS
