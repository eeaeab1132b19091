package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest"
	"sevenday/ingest/deadletter"
	"sevenday/internal/broker"
	"sevenday/internal/broker/brokertest"
)

// positions is how cmd ties the feeder to the ingester.
func positions(of ingest.Status) []deadletter.Position {
	var all []deadletter.Position
	for _, p := range of.Partitions {
		all = append(all, deadletter.Position{Kind: p.Kind, Epoch: p.Epoch, Partition: p.Partition, Mark: p.Mark})
	}
	return all
}

func TestRefusedRecordsReachTheDeadLetterTopic(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 1))
	bad := [][]byte{[]byte("{"), []byte(`{"merchant_id":"m9"}`), bytes.Repeat([]byte("b"), 1<<20)}
	brokertest.Produce(t, r.brokers, topic, 0, entry(), bad[0], bad[1], entry(), bad[2])
	ingester := r.run()
	awaitMark(t, ingester.Ingester, sevenday.KindEntry, 0, 4)
	ingester.stop()
	producer := broker.NewWriter(r.brokers)
	defer closed(t, producer)

	for run, want := range []int{3, 0} {
		feeder := deadletter.NewFeeder(r.db, producer, slog.New(slog.DiscardHandler))
		if sent, err := feeder.Feed(t.Context(), positions(ingester.Status())); sent != want || err != nil {
			t.Fatalf("Feed of feeder %d = %d, %v, want %d letters: progress outlives a feeder", run, sent, err, want)
		}
	}
	letters := brokertest.Consume(t, r.brokers, sevenday.DeadLetterTopic, len(bad))
	var got []deadletter.Message
	for _, letter := range letters {
		var m deadletter.Message
		if err := json.Unmarshal(letter.Value, &m); err != nil {
			t.Fatalf("%s: %v", letter.Value[:min(len(letter.Value), 200)], err)
		}
		if m.Key() != string(letter.Key) {
			t.Errorf("the letter of offset %d has the key %q", m.Offset, letter.Key)
		}
		opened, err := sealer.Open(m.Payload, deadletter.Coordinates{Topic: m.Topic, Epoch: m.TopicEpoch, Offset: m.Offset})
		if err != nil {
			t.Errorf("open the letter of offset %d: %v", m.Offset, err)
		}
		m.Payload = opened.Payload
		got = append(got, m)
	}
	checkLetters(t, got, bad)
}

func checkLetters(t *testing.T, got []deadletter.Message, bad [][]byte) {
	t.Helper()
	want := map[int64]int{1: 0, 2: 1, 4: 2}
	for _, m := range got {
		payload := bad[want[m.Offset]]
		delete(want, m.Offset)
		if !bytes.Equal(m.Payload, payload) || m.PayloadBytes != uint32(len(payload)) || m.Reason == "" || m.Detail == "" {
			t.Errorf("the letter of offset %d says %q, %q and holds %d bytes, want %d", m.Offset, m.Reason, m.Detail, len(m.Payload), len(payload))
		}
	}
	if len(want) > 0 {
		t.Errorf("no letter came for the offsets %v", want)
	}
}

// failing is a producer whose cluster does not acknowledge.
type failing struct{ deadletter.Producer }

var errNotAcknowledged = errors.New("not acknowledged")

func (failing) Flush(context.Context) error { return errNotAcknowledged }

func TestALetterThatWasNotAcknowledgedIsSentAgain(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 1))
	brokertest.Produce(t, r.brokers, topic, 0, []byte("{"))
	ingester := r.run()
	awaitMark(t, ingester.Ingester, sevenday.KindEntry, 0, 0)
	producer := broker.NewWriter(r.brokers)
	defer closed(t, producer)

	feeder := deadletter.NewFeeder(r.db, failing{producer}, slog.New(slog.DiscardHandler))
	if _, err := feeder.Feed(t.Context(), positions(ingester.Status())); !errors.Is(err, errNotAcknowledged) {
		t.Fatalf("Feed = %v, want the producer's error", err)
	}
	feeder = deadletter.NewFeeder(r.db, producer, slog.New(slog.DiscardHandler))
	sent, err := feeder.Feed(t.Context(), positions(ingester.Status()))
	if diff := cmp.Diff(1, sent); diff != "" || err != nil {
		t.Errorf("second Feed sent %d, %v, want the letter again", sent, err)
	}
}
