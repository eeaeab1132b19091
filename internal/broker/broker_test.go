package broker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"sevenday"
	"sevenday/internal/broker"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, config broker.Config) *broker.Broker {
	t.Helper()
	embedded, err := broker.Start(t.Context(), config)
	if err != nil {
		t.Fatalf("Start(%+v) = %v", config, err)
	}
	t.Cleanup(embedded.Close)
	return embedded
}

func ensureTopics(t *testing.T, embedded *broker.Broker, partitions int) {
	t.Helper()
	if err := broker.EnsureTopics(t.Context(), embedded.Addresses(), partitions); err != nil {
		t.Fatalf("EnsureTopics(%d) = %v", partitions, err)
	}
}

func write(t *testing.T, embedded *broker.Broker, topic string, count int) {
	t.Helper()
	writer := broker.NewWriter(embedded.Addresses())
	defer func() {
		if err := writer.Close(); err != nil {
			t.Errorf("Close() = %v", err)
		}
	}()
	for i := range count {
		if err := writer.Write(t.Context(), topic, fmt.Append(nil, "merchant-", i%50), fmt.Append(nil, i)); err != nil {
			t.Fatalf("Write(%d) = %v", i, err)
		}
	}
	if err := writer.Flush(t.Context()); err != nil {
		t.Fatalf("Flush() = %v", err)
	}
}

func ends(t *testing.T, embedded *broker.Broker, topic string) (perPartition map[int32]int64, total int64) {
	t.Helper()
	perPartition, err := broker.EndOffsets(t.Context(), embedded.Addresses(), topic)
	if err != nil {
		t.Fatalf("EndOffsets(%s) = %v", topic, err)
	}
	for _, end := range perPartition {
		total += end
	}
	return perPartition, total
}

// closed closes what a test opened.
func closed(t testing.TB, opened io.Closer) {
	t.Helper()
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

func TestRecordsAndAddressSurviveARestart(t *testing.T) {
	config := broker.Config{Dir: t.TempDir()}
	first := start(t, config)
	ensureTopics(t, first, 3)
	write(t, first, sevenday.KindEntry.Topic(), 5000)
	before, total := ends(t, first, sevenday.KindEntry.Topic())
	if total != 5000 || len(before) != 3 {
		t.Fatalf("wrote 5000 records to 3 partitions, ends are %v", before)
	}
	first.Close()

	second := start(t, config)
	if diff := cmp.Diff(first.Addresses(), second.Addresses()); diff != "" {
		t.Errorf("addresses changed over a restart (-first +second):\n%s", diff)
	}
	after, _ := ends(t, second, sevenday.KindEntry.Topic())
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("end offsets changed over a restart (-before +after):\n%s", diff)
	}
}

func TestATakenLastPortGivesWayToAFreeOne(t *testing.T) {
	config := broker.Config{Dir: t.TempDir()}
	first := start(t, config)
	first.Close()
	squatter, err := net.Listen("tcp", first.Addresses()[0])
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, squatter)

	second := start(t, config)
	if cmp.Equal(first.Addresses(), second.Addresses()) {
		t.Errorf("the broker listens on %v although somebody else does", second.Addresses())
	}
}

func TestATakenFixedPortIsAConflict(t *testing.T) {
	squatter, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, squatter)
	_, port, err := net.SplitHostPort(squatter.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}

	_, err = broker.Start(t.Context(), broker.Config{Dir: t.TempDir(), Port: number})
	if sevenday.KindOf(err) != sevenday.Conflict {
		t.Errorf("Start on a taken port = %v, want a conflict", err)
	}
}

func TestExistingTopicsAreLeftAlone(t *testing.T) {
	embedded := start(t, broker.Config{Dir: t.TempDir()})
	ensureTopics(t, embedded, 2)
	write(t, embedded, sevenday.KindCoupon.Topic(), 10)
	ensureTopics(t, embedded, 8)

	for _, kind := range sevenday.RecordKinds {
		want := 2
		if kind == sevenday.KindMerchant {
			want = 1
		}
		if got, _ := ends(t, embedded, kind.Topic()); len(got) != want {
			t.Errorf("%s has partitions %v, want %d of them", kind.Topic(), got, want)
		}
	}
	if _, total := ends(t, embedded, sevenday.KindCoupon.Topic()); total != 10 {
		t.Errorf("%d records after topics were ensured again, want 10", total)
	}
}

func TestConfigTellsAllItsFaultsAtOnce(t *testing.T) {
	err := broker.Config{Port: 70000}.Validate()
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) || len(joined.Unwrap()) != 2 {
		t.Errorf("Validate() = %v, want two faults", err)
	}
}

func TestAnUnknownTopicHasNoEnd(t *testing.T) {
	embedded := start(t, broker.Config{Dir: t.TempDir()})
	if ends, err := broker.EndOffsets(t.Context(), embedded.Addresses(), "nobody"); err == nil {
		t.Errorf("EndOffsets of an unknown topic = %v, want an error", ends)
	}
}

func TestACanceledFlushKeepsItsRecords(t *testing.T) {
	embedded := start(t, broker.Config{Dir: t.TempDir()})
	ensureTopics(t, embedded, 1)
	writer := broker.NewWriter(embedded.Addresses())
	defer closed(t, writer)
	if err := writer.Write(t.Context(), sevenday.KindEntry.Topic(), []byte("m"), []byte("{}")); err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := writer.Flush(canceled); sevenday.KindOf(err) != sevenday.Unavailable {
		t.Fatalf("Flush under a canceled context = %v, want unavailable", err)
	}
	if err := writer.Flush(t.Context()); err != nil {
		t.Fatalf("second Flush = %v", err)
	}
	if _, total := ends(t, embedded, sevenday.KindEntry.Topic()); total < 1 {
		t.Errorf("%d records after the second flush, want at least 1", total)
	}
}

// BenchmarkWriter measures records of 300 bytes, the size of an event in JSON.
func BenchmarkWriter(b *testing.B) {
	embedded, err := broker.Start(b.Context(), broker.Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer embedded.Close()
	if err := broker.EnsureTopics(b.Context(), embedded.Addresses(), 4); err != nil {
		b.Fatal(err)
	}
	writer := broker.NewWriter(embedded.Addresses())
	defer closed(b, writer)
	value := make([]byte, 300)
	for i := range value {
		value[i] = byte('a' + i*7%26)
	}
	b.ResetTimer()
	for i := range b.N {
		if err := writer.Write(b.Context(), sevenday.KindEntry.Topic(), fmt.Append(nil, "m", i%500), value); err != nil {
			b.Fatal(err)
		}
	}
	if err := writer.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
