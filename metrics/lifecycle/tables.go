package lifecycle

import "embed"

// Tables holds the numbered migrations of the metric's tables and its views,
// under migrations/.
//
//go:embed migrations/*.sql
var Tables embed.FS

// Checks holds the checks on what a batch has made of the metric, a statement a
// file; the first line of each says what should hold.
//
//go:embed checks/*.sql
var Checks embed.FS
