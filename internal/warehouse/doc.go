// Package warehouse is the way to ClickHouse: it starts a real server as a
// child process or connects to one that runs elsewhere, makes the tables, and
// moves typed rows in and out column by column.
//
// It knows nothing of entries, merchants or metrics: which columns a table has
// is said by the package that owns the table, in a Layout.
//
//	layout := warehouse.NewLayout(
//		warehouse.String("merchant_id", func(r *row) *string { return &r.MerchantID }),
//		warehouse.Millis("event_time", func(r *row) *sevenday.Millis { return &r.EventTime }),
//	)
//	err := warehouse.Insert(ctx, db, "entries_placed", layout, rows, warehouse.InsertOptions{})
package warehouse
