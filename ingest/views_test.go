package ingest_test

import (
	"context"
	"testing"

	"sevenday/internal/warehouse"
)

// ledgerRow is a row of the view ingest_ledger.
type ledgerRow struct {
	Kind                                           string
	Epoch, Partition                               uint32
	Received, Landed, Refused                      int64
	Control, Aborted, Compacted, DeclaredLoss, Lag int64
	AddsUp                                         bool
}

var ledgerLayout = warehouse.NewLayout(
	warehouse.String("kind", func(r *ledgerRow) *string { return &r.Kind }),
	warehouse.UInt32("topic_epoch", func(r *ledgerRow) *uint32 { return &r.Epoch }),
	warehouse.UInt32("partition", func(r *ledgerRow) *uint32 { return &r.Partition }),
	warehouse.Int64("received", func(r *ledgerRow) *int64 { return &r.Received }),
	warehouse.Int64("landed", func(r *ledgerRow) *int64 { return &r.Landed }),
	warehouse.Int64("refused", func(r *ledgerRow) *int64 { return &r.Refused }),
	warehouse.Int64("control", func(r *ledgerRow) *int64 { return &r.Control }),
	warehouse.Int64("aborted", func(r *ledgerRow) *int64 { return &r.Aborted }),
	warehouse.Int64("compacted", func(r *ledgerRow) *int64 { return &r.Compacted }),
	warehouse.Int64("declared_loss", func(r *ledgerRow) *int64 { return &r.DeclaredLoss }),
	warehouse.Int64("lag", func(r *ledgerRow) *int64 { return &r.Lag }),
	warehouse.Bool("adds_up", func(r *ledgerRow) *bool { return &r.AddsUp }),
)

func (r rig) ledger() []ledgerRow { r.t.Helper(); return ask(r.t, r.db, ledgerLayout, "ledger", nil) }

// deadLetter is a row of the view dead_letters.
type deadLetter struct {
	Kind, Topic   string
	Partition     uint32
	Offset        int64
	Reason, Field string
	MerchantID    string
	PayloadBytes  uint32
}

var deadLetterLayout = warehouse.NewLayout(
	warehouse.String("kind", func(r *deadLetter) *string { return &r.Kind }),
	warehouse.String("topic", func(r *deadLetter) *string { return &r.Topic }),
	warehouse.UInt32("partition", func(r *deadLetter) *uint32 { return &r.Partition }),
	warehouse.Int64("offset", func(r *deadLetter) *int64 { return &r.Offset }),
	warehouse.LowCardinality("reason", func(r *deadLetter) *string { return &r.Reason }),
	warehouse.LowCardinality("field", func(r *deadLetter) *string { return &r.Field }),
	warehouse.String("merchant_id", func(r *deadLetter) *string { return &r.MerchantID }),
	warehouse.UInt32("payload_bytes", func(r *deadLetter) *uint32 { return &r.PayloadBytes }),
)

func (r rig) deadLetters() []deadLetter {
	r.t.Helper()
	return ask(r.t, r.db, deadLetterLayout, "dead_letters", nil)
}

// sealedRow is the sealed payload of a refused record.
type sealedRow struct {
	Offset int64
	Sealed string
}

var sealedLayout = warehouse.NewLayout(
	warehouse.Int64("off", func(r *sealedRow) *int64 { return &r.Offset }),
	warehouse.String("sealed", func(r *sealedRow) *string { return &r.Sealed }),
)

// ask runs one of the test's queries.
func ask[R any](t testing.TB, db *warehouse.DB, layout *warehouse.Layout[R], query string, parameters map[string]any) []R {
	t.Helper()
	found, err := warehouse.Select(context.Background(), db, layout, queryOf(t, query), parameters)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found
}
