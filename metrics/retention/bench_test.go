package retention

import (
	"math/rand/v2"
	"testing"

	"sevenday"
	"sevenday/metrics"
)

// benchLines are the timelines of a merchant's regulars over 60 days: 26 entries
// on 19 of the days and two payments each, as the densest tests of the platform have.
func benchLines(b *testing.B, persons int) (*metrics.Merchant, []*metrics.Timeline) {
	b.Helper()
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	start := m.Calendar.Start(firstDay)
	lines := make([]*metrics.Timeline, persons)
	for i := range lines {
		t := &metrics.Timeline{Merchant: m, Person: sevenday.Person(i + 1)}
		for at := start; at < start+60*86_400_000; at += 1 + sevenday.Millis(r.Int64N(2*86_400_000*60/26)) {
			t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(1 + r.IntN(8))})
		}
		for j := range 2 {
			t.Orders = append(t.Orders, metrics.Order{PaidAt: start + sevenday.Millis(j*30+r.IntN(30))*86_400_000, Currency: "CNY"})
		}
		lines[i] = t
	}
	return m, lines
}

// BenchmarkFold counts everything that is stored of a merchant's retention.
func BenchmarkFold(b *testing.B) {
	m, lines := benchLines(b, 100)
	entries := 0
	for _, line := range lines {
		entries += 100 * len(line.Entries)
	}
	fold := NewFold()
	b.ReportAllocs()
	for b.Loop() {
		for range 100 {
			for _, line := range lines {
				fold.Person(line)
			}
		}
		fold.Merchant(m)
		fold.Rows = fold.Rows[:0]
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*entries), "ns/entry")
}
