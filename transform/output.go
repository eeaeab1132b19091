package transform

import (
	"context"

	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// A Metric is a fold and the tables that its rows go to.
type Metric struct {
	Fold    metrics.Fold
	Outputs []Output
}

// An Output drains the rows that a fold has made into their table.
type Output interface {
	// flush stores the rows when there are enough of them to be worth an
	// insert, or whenever there are any if all is set.
	flush(ctx context.Context, db *warehouse.DB, all bool) error
	table() string
}

// flushRows is how many rows make an insert: enough that an insert's fixed cost
// disappears, few enough that the rows waiting in all folds stay small.
const flushRows = 50_000

// Into sends the rows that a fold collects in *rows to a table.
func Into[R any](table string, rows *[]R) Output {
	return &output[R]{name: table, layout: warehouse.LayoutOf[R](), rows: rows}
}

type output[R any] struct {
	name   string
	layout *warehouse.Layout[R]
	rows   *[]R
}

func (o *output[R]) table() string { return o.name }

func (o *output[R]) flush(ctx context.Context, db *warehouse.DB, all bool) error {
	if len(*o.rows) == 0 || (len(*o.rows) < flushRows && !all) {
		return nil
	}
	err := warehouse.Insert(ctx, db, o.name, o.layout, *o.rows, warehouse.InsertOptions{})
	clear(*o.rows) // lets go of the strings
	*o.rows = (*o.rows)[:0]
	return err
}
