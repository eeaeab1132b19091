package transform

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkIncrement times the increment after one more day, a hundredth of
// whose events are late by up to five days, over histories of 40 and of 400 days
// of the same users: what it costs must follow what came, not what was there.
func BenchmarkIncrement(b *testing.B) {
	for _, days := range []int{40, 400} {
		b.Run(fmt.Sprintf("days=%d", days), func(b *testing.B) { benchmarkIncrement(b, days) })
	}
}

const (
	benchMerchants = 100
	benchUsers     = 60_000
	benchPerDay    = 40_000
)

func benchmarkIncrement(b *testing.B, days int) {
	db := figureWarehouse(b)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -days).UnixMilli()
	fill := func(name string, parameters map[string]any) {
		b.Helper()
		text, err := os.ReadFile("testdata/" + name + ".sql")
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Exec(b.Context(), string(text), parameters); err != nil {
			b.Fatal(err)
		}
	}
	arrive := func(version, first, events, late int) {
		fill("fill_entries", map[string]any{
			"merchants": benchMerchants, "users": benchUsers, "per_day": benchPerDay, "start": start,
			"prefix": fmt.Sprintf("v%d-", version), "version": version, "first": first, "events": events, "late": late,
		})
		fill("fill_transactions", map[string]any{"version": version})
		fill("fill_marks", map[string]any{"version": version})
		fill("fill_settled", map[string]any{"version": version})
	}
	fill("fill_merchants", map[string]any{"merchants": benchMerchants})
	arrive(2, 0, days*benchPerDay, 0)
	batch := batchOf(db, b.Name())
	if _, err := batch.Run(b.Context(), time.Minute); err != nil {
		b.Fatal(err)
	}
	stages := newStopwatch(batch)
	version := 2
	for b.Loop() {
		b.StopTimer()
		version++
		arrive(version, days+version-3, benchPerDay, 1)
		stages.lap("")
		b.StartTimer()
		run, err := batch.Run(b.Context(), time.Minute)
		if err != nil {
			b.Fatal(err)
		}
		if run.Windows != run.Merchants || run.Merchants == 0 {
			b.Fatalf("of %d merchants only %d were made anew from a week on", run.Merchants, run.Windows)
		}
	}
	stages.report(b)
}

// stopwatch adds up what a batch's stages took: a stage speaks up when it has
// done something.
type stopwatch struct {
	mutex sync.Mutex
	spent map[string]time.Duration
	since time.Time
}

func newStopwatch(batch *Batch) *stopwatch {
	w := &stopwatch{spent: make(map[string]time.Duration)}
	batch.Progress = func(stage string, _, _ int64) { w.lap(stage) }
	return w
}

func (w *stopwatch) lap(stage string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	now := time.Now()
	w.spent[stage] += now.Sub(w.since)
	w.since = now
}

func (w *stopwatch) report(b *testing.B) {
	delete(w.spent, "")
	for stage, spent := range w.spent {
		b.ReportMetric(float64(spent.Milliseconds())/float64(b.N), strings.ReplaceAll(stage, " ", "-")+"-ms/op")
	}
}
