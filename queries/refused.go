package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Refused is how many records of a range of offsets were refused, and the first
// of them by the time at which Kafka took it. Without any it is all zero.
type Refused struct {
	Records     int64           `ch:"refused"`
	FirstTime   sevenday.Millis `ch:"first_time"`
	FirstOffset int64           `ch:"first_offset"`
	FirstReason string          `ch:"first_reason"` // from the closed list of the contract's decoder
	FirstField  string          `ch:"first_field"`  // empty where the record as a whole was meant
	FirstDetail string          `ch:"first_detail"` // one sentence that says what to do
}

var refusedLayout = warehouse.LayoutOf[Refused]()

// Refused counts what was refused of the offsets [from, to) of one Kafka
// partition of the newest topic epoch. It knows only what has been landed.
func (c *Catalog) Refused(ctx context.Context, kind sevenday.RecordKind, partition int32, from, to int64) (Refused, error) {
	rows, err := warehouse.Select(ctx, c.DB, refusedLayout, c.statement("refused"), map[string]any{
		"kind": kind.String(), "partition": partition, "from": from, "to": to,
	})
	if err != nil || len(rows) == 0 || rows[0].Records == 0 {
		return Refused{}, err
	}
	return rows[0], nil
}
