package queries

import (
	"context"
	"embed"

	"sevenday"
	"sevenday/internal/warehouse"
)

//go:embed sql/*.sql
var statements embed.FS

// statement returns the text of sql/name.sql.
func statement(name string) string {
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic("queries: no statement " + name) // a mistake in the program's text
	}
	return string(text)
}

// Catalog answers questions from one warehouse. It is safe for concurrent use.
type Catalog struct {
	DB *warehouse.DB
	// Views are the warehouse's views, for AsOf.
	Views []View

	asOf uint64 // 0: the newest publication
}

// freshnessRow is the newest publication.
type freshnessRow struct {
	Run       uint64          `ch:"run"`
	Published sevenday.Millis `ch:"published"`
	Watermark sevenday.Millis `ch:"watermark"`
	AsOf      sevenday.Millis `ch:"as_of"`
	Merchants int64           `ch:"merchants"`
}

var freshnessLayout = warehouse.LayoutOf[freshnessRow]()

// Freshness tells how far the published figures reach; all zero before the
// first publication.
func (c *Catalog) Freshness(ctx context.Context) (Freshness, error) {
	rows, err := warehouse.Select(ctx, c.DB, freshnessLayout, c.statement("freshness"), nil)
	if err != nil || len(rows) == 0 {
		return Freshness{}, err
	}
	return Freshness(rows[0]), nil
}
