package ingest_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zeebo/xxh3"

	"sevenday"
	"sevenday/ingest"
	"sevenday/ingest/deadletter"
	"sevenday/ingest/decode"
	"sevenday/internal/broker"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

func TestMain(m *testing.M) { testservers.Main(m) }

// patience bounds waits for something that must happen; nothing is timed by it.
const patience = 60 * time.Second

// userKey is the test's key for ids of people.
var userKey = []byte("a key for tests, thirty-two bytes")

// sealer is the test's sealer of refused records.
var sealer = deadletter.NewSealer([32]byte{1, 2, 3})

// rig is a Kafka cluster and a warehouse with empty logs.
type rig struct {
	t       testing.TB
	brokers []string
	db      *warehouse.DB
}

func newRig(t testing.TB, brokers []string) rig {
	t.Helper()
	r := rig{t: t, brokers: brokers, db: testservers.ClickHouse(t)}
	migrate(t, r.db)
	return r
}

// migrate makes the tables and the views in the order in which the migrator does.
func migrate(t testing.TB, db *warehouse.DB) {
	t.Helper()
	files, err := fs.Glob(ingest.Migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(files, func(a, b string) int {
		return strings.Count(a, ".view.") - strings.Count(b, ".view.")
	})
	for _, file := range files {
		text, err := fs.ReadFile(ingest.Migrations, file)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Exec(t.Context(), string(text), nil); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
}

func (r rig) config() ingest.Config {
	return ingest.Config{
		Brokers: r.brokers, DB: r.db, Decode: decode.Config{UserKey: userKey}, Sealer: sealer,
		MaxAge: 20 * time.Millisecond,
	}
}

// running is an ingester at work.
type running struct {
	*ingest.Ingester
	stop func()
}

// run starts an ingester and stops it with the test at the latest.
func (r rig) run(change ...func(*ingest.Config)) running {
	r.t.Helper()
	config := r.config()
	for _, apply := range change {
		apply(&config)
	}
	ingester, err := ingest.New(config)
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- ingester.Run(ctx) }()
	var once sync.Once
	stop := func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				r.t.Errorf("Run() = %v", err)
			}
		})
	}
	r.t.Cleanup(stop)
	return running{Ingester: ingester, stop: stop}
}

// tally is what a log holds, counted without FINAL so that a double would show.
type tally struct {
	Rows    uint64 // of records
	Offsets uint64 // distinct coordinates among them
	Hash    uint64 // sum of payload_hash, modulo 2^64
	Refused uint64
}

var tallyLayout = warehouse.NewLayout(
	warehouse.UInt64("record_count", func(t *tally) *uint64 { return &t.Rows }),
	warehouse.UInt64("offset_count", func(t *tally) *uint64 { return &t.Offsets }),
	warehouse.UInt64("hash_sum", func(t *tally) *uint64 { return &t.Hash }),
	warehouse.UInt64("refused_count", func(t *tally) *uint64 { return &t.Refused }),
)

func (r rig) tally(kind sevenday.RecordKind) tally {
	r.t.Helper()
	found, err := warehouse.Select(context.Background(), r.db, tallyLayout, queryOf(r.t, "tally"),
		map[string]any{"table": kind.Plural() + "_log"})
	if err != nil {
		r.t.Fatal(err)
	}
	return found[0]
}

// expect is the tally that these payloads must lead to when all are good.
func expect(payloads [][]byte) tally {
	want := tally{Rows: uint64(len(payloads)), Offsets: uint64(len(payloads))}
	for _, payload := range payloads {
		want.Hash += xxh3.Hash(payload)
	}
	return want
}

// await waits until held returns true.
func await(t testing.TB, what string, held func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !held(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain for %s", patience, what)
		}
	}
}

// awaitRecords waits until the log shows so many records, of any status.
func (r rig) awaitRecords(kind sevenday.RecordKind, count int) {
	r.t.Helper()
	await(r.t, fmt.Sprintf("%d records in %s_log", count, kind.Plural()), func() bool {
		return r.tally(kind).Rows >= uint64(count)
	})
}

// awaitMark waits until the ingester says that it has landed all below the offset.
func awaitMark(t testing.TB, i *ingest.Ingester, kind sevenday.RecordKind, partition int, offset int64) {
	t.Helper()
	await(t, fmt.Sprintf("the mark %d of %s/%d", offset, kind, partition), func() bool {
		status, ok := statusOf(i, kind, partition)
		return ok && status.Mark >= offset
	})
}

func statusOf(i *ingest.Ingester, kind sevenday.RecordKind, partition int) (ingest.PartitionStatus, bool) {
	for _, status := range i.Status().Partitions {
		if status.Kind == kind && status.Partition == partition {
			return status, true
		}
	}
	return ingest.PartitionStatus{}, false
}

// events is the source of event ids, which differ over the whole process.
var events atomic.Int64

// entry returns a good entry record.
func entry() []byte {
	n := events.Add(1)
	return fmt.Appendf(nil, `{"event_id":"e%d","event_time":"2026-03-0%dT08:00:00Z","merchant_id":"m%d","user_id":"user-%d","portal":"scan","session_id":"s%d"}`,
		n, 1+n%9, n%50, n%1000, n/7)
}

func entries(count int) [][]byte {
	payloads := make([][]byte, count)
	for i := range payloads {
		payloads[i] = entry()
	}
	return payloads
}

// write spreads the payloads over the topic's partitions.
func (r rig) write(kind sevenday.RecordKind, payloads [][]byte) {
	r.t.Helper()
	writer := broker.NewWriter(r.brokers)
	defer func() {
		if err := writer.Close(); err != nil {
			r.t.Error(err)
		}
	}()
	for i, payload := range payloads {
		if err := writer.Write(context.Background(), kind.Topic(), fmt.Append(nil, "m", i%50), payload); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := writer.Flush(context.Background()); err != nil {
		r.t.Fatal(err)
	}
}

// closed closes what a test opened.
func closed(t testing.TB, opened io.Closer) {
	t.Helper()
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}
