package transform

import (
	"context"

	"sevenday"
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
	// trim drops the rows that were made since it was last called and lie in
	// spans before from: a fold makes them along the way.
	trim(from sevenday.Day)
	table() string
	spanned() bool
}

// flushRows is how many rows make an insert: enough that an insert's fixed cost
// disappears, few enough that the rows waiting in all folds stay small.
const flushRows = 50_000

// Into sends the rows that a fold collects in *rows to a table.
func Into[R any](table string, rows *[]R) Output {
	o := &output[R]{name: table, layout: warehouse.LayoutOf[R](), rows: rows}
	_, o.spans = any(new(R)).(spanRows)
	return o
}

// spanRows say in which span they stand; rows about persons do not, and all of
// them are kept.
type spanRows interface{ Fresh(from sevenday.Day) bool }

type output[R any] struct {
	name    string
	layout  *warehouse.Layout[R]
	rows    *[]R
	spans   bool
	trimmed int // rows before this one were trimmed
}

func (o *output[R]) trim(from sevenday.Day) {
	rows := *o.rows
	if o.spans && from != metrics.WholeHistory {
		kept := rows[:o.trimmed]
		for i := o.trimmed; i < len(rows); i++ {
			if any(&rows[i]).(spanRows).Fresh(from) {
				kept = append(kept, rows[i])
			}
		}
		clear(rows[len(kept):])
		*o.rows = kept
	}
	o.trimmed = len(*o.rows)
}

func (o *output[R]) table() string { return o.name }

func (o *output[R]) spanned() bool { return o.spans }

func (o *output[R]) flush(ctx context.Context, db *warehouse.DB, all bool) error {
	if len(*o.rows) == 0 || (len(*o.rows) < flushRows && !all) {
		return nil
	}
	err := warehouse.Insert(ctx, db, o.name, o.layout, *o.rows, warehouse.InsertOptions{})
	clear(*o.rows) // lets go of the strings
	*o.rows, o.trimmed = (*o.rows)[:0], 0
	return err
}
