package ingest_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"sevenday"
	"sevenday/ingest"
	"sevenday/internal/broker/brokertest"
	"sevenday/internal/warehouse"
)

func TestGapsOfACompactedTopicAreExplained(t *testing.T) {
	for name, first := range map[string]string{"at the head": "m1", "in the middle": "m0"} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, brokertest.Start(t, 1))
			merchants := sevenday.KindMerchant.Topic()
			for version, merchant := range []string{first, "m1", "m1", "m1", "m1", "m1", "m2"} {
				record := fmt.Appendf(nil, `{"merchant_id":%q,"name":"v%d","updated_at":"2026-03-01T00:00:0%dZ"}`, merchant, version, version)
				brokertest.ProduceKeyed(t, r.brokers, merchants, 0, []byte(merchant), record)
			}
			brokertest.Compact(t, r.brokers)

			ingester := r.run()
			awaitMark(t, ingester.Ingester, sevenday.KindMerchant, 0, 6)
			ledger := r.ledger()
			if len(ledger) != 1 || !ledger[0].AddsUp || ledger[0].Received != 7 || ledger[0].Compacted < 4 {
				t.Errorf("ingest_ledger = %+v, want 7 offsets received, at least 4 of them compacted away", ledger)
			}
		})
	}
}

func TestRowsDeletedFromTheLogStopThePartition(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 1))
	brokertest.Produce(t, r.brokers, topic, 0, entries(5)...)
	first := r.run()
	awaitMark(t, first.Ingester, sevenday.KindEntry, 0, 4)
	first.stop()
	if err := r.db.Exec(t.Context(), queryOf(t, "delete_all"), nil, warehouse.Settings{"mutations_sync": "2"}); err != nil {
		t.Fatal(err)
	}
	awaitStopped(t, r.run(), 0, "was stored before")
}

// longest is the greatest number of rows that one insert brought.
type longest struct{ Rows uint64 }

var longestLayout = warehouse.NewLayout(warehouse.UInt64("row_count", func(l *longest) *uint64 { return &l.Rows }))

func TestOpenBatchesShareTheirLimits(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 8))
	payloads := entries(40_000)
	r.write(sevenday.KindEntry, payloads)
	// 8 partitions of each of three kinds and one of merchants share four batches of 5,000 rows.
	r.run(func(c *ingest.Config) { c.MaxRows = 5000 })
	r.awaitRecords(sevenday.KindEntry, len(payloads))
	const most = 5000 * 4 / 25
	if got := ask(t, r.db, longestLayout, "longest_insert", nil)[0].Rows; got == 0 || got > most {
		t.Errorf("the longest insert has %d rows, want at most %d", got, most)
	}
}

func TestConfigTellsAllItsFaultsAtOnce(t *testing.T) {
	err := ingest.Config{Lease: time.Millisecond, MaxRows: -1}.Validate()
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) || len(joined.Unwrap()) != 6 {
		t.Errorf("Validate() = %v, want six faults", err)
	}
	if _, err := ingest.New(ingest.Config{}); sevenday.KindOf(err) != sevenday.Invalid {
		t.Errorf("New of an empty configuration = %v, want an invalid one", err)
	}
}
