package ingest

import (
	"context"
	"fmt"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/internal/warehouse"
)

// A logTable is one of the four log tables, with rows of type R.
type logTable[R any] struct {
	kind   sevenday.RecordKind
	layout *warehouse.Layout[R]
	at     func(*R) *coordinates
	// decode fills the row's typed columns. Of a refused record it may leave
	// the ids that were good, and nothing else.
	decode func(d *decode.Decoder, payload []byte, kafkaTime sevenday.Millis, r *R) (unknown int, refusal *decode.Refusal)
}

// tableOf returns the name of the log table of a kind.
func tableOf(kind sevenday.RecordKind) string { return kind.Plural() + "_log" }

// newBatch returns an empty batch for the log of kind.
func newBatch(kind sevenday.RecordKind, tools tools) batch {
	switch kind {
	case sevenday.KindEntry:
		return &rows[entryRow]{log: entriesLog, tools: tools}
	case sevenday.KindTransaction:
		return &rows[transactionRow]{log: transactionsLog, tools: tools}
	case sevenday.KindCoupon:
		return &rows[couponRow]{log: couponsLog, tools: tools}
	case sevenday.KindMerchant:
		return &rows[merchantRow]{log: merchantsLog, tools: tools}
	}
	panic(fmt.Sprintf("ingest: no log for %s records", kind))
}

// insert stores the rows as one block: as a whole or not at all, under the token once.
func (l *logTable[R]) insert(ctx context.Context, db *warehouse.DB, block []R, stamp stamp) error {
	return warehouse.Insert(ctx, db, tableOf(l.kind), l.layout, block, warehouse.InsertOptions{
		DeduplicationToken: stamp.token,
		MaxExecutionTime:   stamp.lease,
		// One partition and one block: only such an insert is atomic.
		SinglePartition: true,
		OneBlock:        true,
	})
}
