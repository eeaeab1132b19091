package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/broker/brokertest"
)

func TestEveryRecordLandsOnce(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 4))
	payloads := entries(20_000)
	r.write(sevenday.KindEntry, payloads[:15_000])
	ingester := r.run()
	r.write(sevenday.KindEntry, payloads[15_000:])

	r.awaitRecords(sevenday.KindEntry, len(payloads))
	ingester.stop()
	if diff := cmp.Diff(expect(payloads), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log (-want +got):\n%s", diff)
	}
}
