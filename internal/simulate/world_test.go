package simulate

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/zeebo/xxh3"

	"sevenday"
)

func tinyConfig(seed uint64) Config {
	return Config{Seed: seed, Merchants: 12, Days: 20, Events: 8000, Until: until}
}

func stream(t *testing.T, w *World, each func(Record) error) Truth {
	t.Helper()
	truth, err := w.Stream(context.Background(), each)
	if err != nil {
		t.Fatal(err)
	}
	return truth
}

func nothing(Record) error { return nil }

func newWorld(t *testing.T, c Config) *World {
	t.Helper()
	w, err := NewWorld(c)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheSameSeedSendsTheSameBytes(t *testing.T) {
	w := newWorld(t, tinyConfig(5))
	var first, again bytes.Buffer
	collect := func(b *bytes.Buffer) func(Record) error {
		return func(r Record) error { _, err := b.Write(r.Value); return err }
	}
	truth := stream(t, w, collect(&first))
	repeated := stream(t, newWorld(t, tinyConfig(5)), collect(&again))
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("two worlds of one seed differ")
	}
	if diff := cmp.Diff(truth, repeated); diff != "" {
		t.Errorf("their truths differ: %s", diff)
	}
	if diff := cmp.Diff(truth, stream(t, w, nothing)); diff != "" {
		t.Errorf("a second pass through the same world differs: %s", diff)
	}
}

func TestAnotherSeedSendsOtherRecords(t *testing.T) {
	a, b := stream(t, newWorld(t, tinyConfig(5)), nothing), stream(t, newWorld(t, tinyConfig(6)), nothing)
	for _, kind := range sevenday.RecordKinds {
		if a.Records[kind.String()].Hash == b.Records[kind.String()].Hash {
			t.Errorf("seeds 5 and 6 send the same %s", kind.Plural())
		}
	}
}

func TestTruthCountsAndHashesWhatWasSent(t *testing.T) {
	sent := map[string]KindTally{}
	truth := stream(t, newWorld(t, tinyConfig(5)), func(r Record) error {
		c := sent[r.Kind.String()]
		c.Produced++
		c.Hash += xxh3.Hash(r.Value)
		sent[r.Kind.String()] = c
		return nil
	})
	for kind, want := range sent {
		got := truth.Records[kind]
		if got.Produced != want.Produced || got.Hash != want.Hash {
			t.Errorf("%s: truth has %+v, sent %+v", kind, got, want)
		}
	}
}

// TestTruthCountsThePlanted counts again from the messages what went wrong with them.
func TestTruthCountsThePlanted(t *testing.T) {
	l := live(t, smallConfig(21))
	settled := map[string]int64{}
	for _, e := range l.events {
		settled[e.kind.String()]++
	}
	for _, kind := range sevenday.RecordKinds[:3] {
		if got, want := settled[kind.String()], l.Records[kind.String()].Events; got != want {
			t.Errorf("%s: %d different events, the truth says %d", kind, got, want)
		}
	}
	copies, seen := 0, map[uint64]bool{}
	deleted := 0
	stream(t, l.World, func(r Record) error {
		h := xxh3.Hash(r.Value)
		if seen[h] {
			copies++
		}
		seen[h] = true
		if bytes.Contains(r.Value, []byte(`"deleted":true`)) {
			deleted++
		}
		return nil
	})
	if copies != l.Planted.Duplicates || deleted != l.Planted.Tombstones {
		t.Errorf("%d copies and %d tombstones, the truth says %+v", copies, deleted, l.Planted)
	}
}

func TestNumberOfRecordsIsAboutTheWantedOne(t *testing.T) {
	for _, events := range []int{100_000, 400_000} {
		n := 0
		stream(t, newWorld(t, Config{Seed: 2, Merchants: 60, Events: events, Until: until}), func(Record) error { n++; return nil })
		if ratio := float64(n) / float64(events); ratio < 0.9 || ratio > 1.1 {
			t.Errorf("%d records where about %d were wanted", n, events)
		}
	}
}

func TestMemoryDoesNotGrowWithTheNumberOfDays(t *testing.T) {
	peak := func(days, events int) uint64 {
		w := newWorld(t, Config{Seed: 2, Merchants: 20, Days: days, Events: events, Until: until})
		n, highest := 0, uint64(0)
		stream(t, w, func(Record) error {
			if n++; n%20_000 == 0 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				highest = max(highest, m.HeapAlloc)
			}
			return nil
		})
		return highest
	}
	short, long := peak(40, 100_000), peak(240, 600_000)
	t.Logf("heap: %d KiB for 100 thousand records, %d KiB for 600 thousand", short>>10, long>>10)
	if long > short+short/2+1<<20 {
		t.Errorf("six times the days take %d bytes of heap instead of %d", long, short)
	}
}

func TestConfigReportsAllFaultsAtOnce(t *testing.T) {
	_, err := NewWorld(Config{Merchants: 3, Days: 5, Events: 7, Until: 1})
	if err == nil || sevenday.KindOf(errors.Unwrap(err)) == sevenday.Invalid {
		t.Fatalf("got %v, want several faults", err)
	}
	for _, word := range []string{"3 merchants", "5 days", "7 events", "until 1970"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %q", err, word)
		}
	}
}

func TestSmallestWorldsAreMade(t *testing.T) {
	for _, c := range []Config{{Merchants: 10, Days: 14, Events: 1000}, {Merchants: 11, Days: 62, Events: 20_000}, {Merchants: 480, Days: 14, Events: 30_000}} {
		c.Until = until
		truth := stream(t, newWorld(t, c), nothing)
		if _, err := json.Marshal(truth); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestStreamStopsAtTheCallersError(t *testing.T) {
	full := errors.New("disk full")
	n := 0
	_, err := newWorld(t, tinyConfig(1)).Stream(context.Background(), func(Record) error {
		if n++; n == 100 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 100 {
		t.Errorf("got %v after %d records, want %v after 100", err, n, full)
	}
}

func TestStreamStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newWorld(t, tinyConfig(1)).Stream(ctx, nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestNothingOfTheFutureIsInTheHistory(t *testing.T) {
	c := tinyConfig(3)
	now := until.Time().Add(16*time.Hour + time.Minute) // just past midnight in Shanghai
	c.Now = func() time.Time { return now }
	stream(t, newWorld(t, c), func(r Record) error {
		if r.Time > sevenday.Millis(now.UnixMilli()) {
			t.Errorf("a record of %s: %s", time.UnixMilli(int64(r.Time)).UTC(), r.Value)
		}
		return nil
	})
}

func TestLiveGoesOnWithTheClock(t *testing.T) {
	first, again := liveHours(t, 30), liveHours(t, 30)
	if len(first) < 200 {
		t.Fatalf("only %d records in 30 hours", len(first))
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same seed and clock send other records: %s", diff)
	}
}

// liveHours runs a world's live part for so many hours of a false clock, which
// starts in the year 2000, as far as the contract is concerned too early.
func liveHours(t *testing.T, hours int) (values []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(until.Time().Add(20 * time.Hour)))
		w := newWorld(t, tinyConfig(3))
		stream(t, w, nothing)
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(hours)*time.Hour)
		defer cancel()
		start := time.Now()
		err := w.Live(ctx, start, func(r Record) error {
			if age := time.Since(time.UnixMilli(int64(r.Time))); age < 0 || age > 100*time.Hour {
				t.Errorf("a record of %s ago: %s", age, r.Value)
			}
			values = append(values, string(r.Value))
			return nil
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("live ended with %v", err)
		}
	})
	return values
}

func TestFilesHoldEveryRecordAndTheTruth(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "entries-0007.ndjson")
	if err := os.WriteFile(stale, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	truth, err := WriteFiles(context.Background(), newWorld(t, tinyConfig(9)), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file of an earlier world is still there")
	}
	for _, kind := range sevenday.RecordKinds {
		count, hash := readLines(t, filepath.Join(dir, kind.Plural()+"-0001.ndjson"))
		if want := truth.Records[kind.String()]; count != want.Produced || hash != want.Hash {
			t.Errorf("%s: file has %d records with hash %d, truth %+v", kind, count, hash, want)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, TruthFile))
	if err != nil {
		t.Fatal(err)
	}
	var read Truth
	if err := json.Unmarshal(b, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(truth, read); diff != "" {
		t.Errorf("truth.json differs: %s", diff)
	}
}

func readLines(t *testing.T, path string) (count int64, hash uint64) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		count++
		hash += xxh3.Hash(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return count, hash
}

func BenchmarkStream(b *testing.B) {
	w, err := NewWorld(Config{Seed: 1, Merchants: 100, Events: 500_000, Until: until})
	if err != nil {
		b.Fatal(err)
	}
	records := 0
	for b.Loop() {
		if _, err := w.Stream(context.Background(), func(Record) error { records++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
