package ingest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest"
	"sevenday/ingest/deadletter"
	"sevenday/internal/broker/brokertest"
)

// TestOnTheEmbeddedBroker holds ingest to the conformance suite on the broker of `sevenday up`.
func TestOnTheEmbeddedBroker(t *testing.T) { conform(t, brokertest.Start) }

// conform is what ingest must do on any Kafka. fresh returns the addresses of a
// cluster with empty topics of so many partitions.
func conform(t *testing.T, fresh func(t testing.TB, partitions int) []string) {
	tests := []struct {
		name string
		test func(t *testing.T, fresh func(t testing.TB, partitions int) []string)
	}{
		{"EveryRecordLandsOnce", everyRecordLandsOnce},
		{"RivalsLandEveryRecordOnce", rivalsLandEveryRecordOnce},
		{"AbortedRecordsNeverLandAndTheLedgerAddsUp", abortedRecordsNeverLand},
		{"AnOpenTransactionHoldsBackWhatFollows", openTransactionHoldsBack},
		{"ARemovedHeadStopsItsPartitionOnly", removedHeadStops},
		{"AnAcceptedLossStandsInTheLedger", acceptedLoss},
		{"AShorterTopicMadeAnewStops", shorterTopicStops},
		{"ALongerTopicMadeAnewStops", longerTopicStops},
		{"ANewEpochReadsATopicMadeAnew", newEpoch},
		{"BadRecordsLandRefusedBesideTheirNeighbors", badRecordsLandRefused},
		{"LagMonitorsSeeThePosition", lagMonitorsSeeThePosition},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.test(t, fresh) })
	}
}

const topic = "sevenday.entries"

func everyRecordLandsOnce(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 4))
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

func rivalsLandEveryRecordOnce(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 2))
	payloads := entries(30_000)
	r.write(sevenday.KindEntry, payloads[:10_000])
	// Different groups each get every partition; different sizes cut different batches.
	for i, rows := range []int{700, 1100, 1900} {
		r.run(func(c *ingest.Config) { c.Group, c.MaxRows, c.FetchBytes = fmt.Sprint("rival-", i), rows, 20_000 })
	}
	r.write(sevenday.KindEntry, payloads[10_000:])

	r.awaitRecords(sevenday.KindEntry, len(payloads))
	if diff := cmp.Diff(expect(payloads), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log after three rivals (-want +got):\n%s", diff)
	}
}

func abortedRecordsNeverLand(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	good := entries(9)
	kept, dropped := brokertest.Begin(t, r.brokers, "kept", topic), brokertest.Begin(t, r.brokers, "dropped", topic)
	brokertest.Produce(t, r.brokers, topic, 0, good[:3]...)
	kept.Produce(0, good[3:5]...)
	dropped.Produce(0, entries(4)...)
	kept.Produce(0, good[5])
	dropped.Produce(0, entries(1)...)
	kept.Commit()
	dropped.Abort()
	brokertest.Produce(t, r.brokers, topic, 0, good[6:]...)

	ingester := r.run()
	awaitMark(t, ingester.Ingester, sevenday.KindEntry, 0, 15)
	ingester.stop()
	if diff := cmp.Diff(expect(good), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log (-want +got):\n%s", diff)
	}
	want := []ledgerRow{{Kind: "entry", Received: 16, Landed: 9, Control: 2, Aborted: 5, AddsUp: true}}
	if diff := cmp.Diff(want, r.ledger()); diff != "" {
		t.Errorf("ingest_ledger (-want +got):\n%s", diff)
	}
}

func openTransactionHoldsBack(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	good := entries(5)
	brokertest.Produce(t, r.brokers, topic, 0, good[:2]...)
	open := brokertest.Begin(t, r.brokers, "open", topic)
	open.Produce(0, good[2:4]...)
	brokertest.Produce(t, r.brokers, topic, 0, good[4])

	ingester := r.run()
	awaitMark(t, ingester.Ingester, sevenday.KindEntry, 0, 1)
	await(t, "the lag of the open transaction", func() bool {
		status, _ := statusOf(ingester.Ingester, sevenday.KindEntry, 0)
		return status.Lag == 3
	})
	if diff := cmp.Diff(expect(good[:2]), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log while the transaction is open (-want +got):\n%s", diff)
	}
	open.Commit()
	r.awaitRecords(sevenday.KindEntry, len(good))
	if diff := cmp.Diff(expect(good), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log (-want +got):\n%s", diff)
	}
}

func removedHeadStops(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 2))
	for partition := range int32(2) {
		brokertest.Produce(t, r.brokers, topic, partition, entries(10)...)
	}
	first := r.run()
	r.awaitRecords(sevenday.KindEntry, 20)
	first.stop()
	for partition := range int32(2) {
		brokertest.Produce(t, r.brokers, topic, partition, entries(10)...)
	}
	brokertest.RemoveHead(t, r.brokers, topic, 0, 15)

	second := r.run()
	awaitStopped(t, second, 0, "offsets 10 to 14 were removed from Kafka")
	awaitMark(t, second.Ingester, sevenday.KindEntry, 1, 19)
	if got := r.tally(sevenday.KindEntry).Rows; got != 30 {
		t.Errorf("%d records landed, want 30: ten before, ten of the whole partition", got)
	}
}

// awaitStopped waits until the partition of entries says that it was stopped, and why.
func awaitStopped(t *testing.T, at running, partition int, why string) {
	t.Helper()
	await(t, fmt.Sprintf("partition %d to stop", partition), func() bool {
		status, _ := statusOf(at.Ingester, sevenday.KindEntry, partition)
		return status.Stopped != ""
	})
	if status, _ := statusOf(at.Ingester, sevenday.KindEntry, partition); !strings.Contains(status.Stopped, why) {
		t.Errorf("partition %d stopped because of %q, want %q in it", partition, status.Stopped, why)
	}
}

func acceptedLoss(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	payloads := entries(10)
	brokertest.Produce(t, r.brokers, topic, 0, payloads...)
	brokertest.RemoveHead(t, r.brokers, topic, 0, 6)

	r.run(func(c *ingest.Config) { c.AcceptLoss = true })
	r.awaitRecords(sevenday.KindEntry, 4)
	if diff := cmp.Diff(expect(payloads[6:]), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log (-want +got):\n%s", diff)
	}
	want := []ledgerRow{{Kind: "entry", Received: 10, Landed: 4, DeclaredLoss: 6, AddsUp: true}}
	if diff := cmp.Diff(want, r.ledger()); diff != "" {
		t.Errorf("ingest_ledger (-want +got):\n%s", diff)
	}
}

// landThenMakeAnew lands ten records and replaces the topic by one with count others.
func landThenMakeAnew(t *testing.T, r rig, count int) {
	t.Helper()
	brokertest.Produce(t, r.brokers, topic, 0, entries(10)...)
	first := r.run()
	awaitMark(t, first.Ingester, sevenday.KindEntry, 0, 9)
	first.stop()
	brokertest.MakeAnew(t, r.brokers, topic, 1)
	brokertest.Produce(t, r.brokers, topic, 0, entries(count)...)
}

func shorterTopicStops(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	landThenMakeAnew(t, r, 4)
	awaitStopped(t, r.run(), 0, "Kafka no longer has the record at offset 9")
}

func longerTopicStops(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	landThenMakeAnew(t, r, 30)
	awaitStopped(t, r.run(), 0, "another record at offset 9")
	if got := r.tally(sevenday.KindEntry).Rows; got != 10 {
		t.Errorf("%d records landed, want the ten of before", got)
	}
}

func newEpoch(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	landThenMakeAnew(t, r, 4)
	again := r.run(func(c *ingest.Config) { c.NewEpoch = []sevenday.RecordKind{sevenday.KindEntry} })
	r.awaitRecords(sevenday.KindEntry, 14)
	again.stop()
	brokertest.Produce(t, r.brokers, topic, 0, entries(2)...)
	r.run() // the epoch is in the log now: nobody has to name it again
	r.awaitRecords(sevenday.KindEntry, 16)
	want := []ledgerRow{
		{Kind: "entry", Received: 10, Landed: 10, AddsUp: true},
		{Kind: "entry", Epoch: 1, Received: 6, Landed: 6, AddsUp: true},
	}
	if diff := cmp.Diff(want, r.ledger()); diff != "" {
		t.Errorf("ingest_ledger (-want +got):\n%s", diff)
	}
}

func badRecordsLandRefused(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	good := entries(3)
	bad := [][]byte{
		[]byte(`{"event_id":"x","merchant_id":"m7","event_time":"yesterday","user_id":"u","portal":"scan"}`),
		[]byte("{not json"),
		nil,
		bytes.Repeat([]byte("a"), 1<<20+1),
	}
	brokertest.Produce(t, r.brokers, topic, 0, good[0], bad[0], bad[1], good[1], bad[2], bad[3], good[2])

	r.run()
	r.awaitRecords(sevenday.KindEntry, 7)
	if got := r.tally(sevenday.KindEntry); got.Refused != 4 || got.Offsets != 7 {
		t.Errorf("entries_log holds %+v, want 7 offsets, 4 of them refused", got)
	}
	want := []deadLetter{
		{Offset: 1, Reason: "bad_time", Field: "event_time", MerchantID: "m7"},
		{Offset: 2, Reason: "not_json"},
		{Offset: 4, Reason: "empty"},
		{Offset: 5, Reason: "oversize"},
	}
	for i := range want {
		want[i].Kind, want[i].Topic, want[i].PayloadBytes = "entry", topic, uint32(len(bad[i]))
	}
	if diff := cmp.Diff(want, r.deadLetters()); diff != "" {
		t.Errorf("dead_letters (-want +got):\n%s", diff)
	}
	for i, row := range ask(t, r.db, sealedLayout, "sealed", map[string]any{"table": "entries_log"}) {
		opened, err := sealer.Open([]byte(row.Sealed), deadletter.Coordinates{Topic: topic, Offset: row.Offset})
		if err != nil || opened.Length != len(bad[i]) || (opened.Whole() && !bytes.Equal(opened.Payload, bad[i])) {
			t.Errorf("the seal of offset %d holds %d bytes (%v), want the %d received", row.Offset, opened.Length, err, len(bad[i]))
		}
	}
}

func lagMonitorsSeeThePosition(t *testing.T, fresh func(testing.TB, int) []string) {
	r := newRig(t, fresh(t, 1))
	brokertest.Produce(t, r.brokers, topic, 0, entries(5)...)
	r.run()
	await(t, "a committed offset", func() bool {
		return brokertest.Committed(t, r.brokers, ingest.DefaultGroup)[topic][0] == 5
	})
}
