package funnel

import "embed"

// Tables holds the numbered migrations of the metric's tables and its views,
// under migrations/.
//
//go:embed migrations/*.sql
var Tables embed.FS
