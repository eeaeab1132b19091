package attribution

import (
	"math/rand/v2"
	"testing"

	"sevenday"
	"sevenday/metrics"
)

// benchLines are people with a visit a few days and a payment after every fifth
// of them, over two months.
func benchLines(b *testing.B, m *metrics.Merchant) (lines []*metrics.Timeline, visits int) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for person := range sevenday.Person(2000) {
		line := &metrics.Timeline{Merchant: m, Person: person + 1}
		for at := sevenday.Millis(0); at < 60*day; at += sevenday.Millis(r.Int64N(int64(6 * day))) {
			line.Visits = append(line.Visits, visit(m, at, sevenday.Portal(1+r.IntN(7))))
			if r.IntN(5) == 0 {
				line.Orders = append(line.Orders, order(m, at+hour, sevenday.Money(r.IntN(100_000))))
			}
		}
		visits += len(line.Visits)
		lines = append(lines, line)
	}
	return lines, visits
}

func BenchmarkFold(b *testing.B) {
	m := merchant(b)
	lines, visits := benchLines(b, m)
	f := NewFold()
	b.ReportAllocs()
	for b.Loop() {
		for _, line := range lines {
			f.Person(line)
		}
		f.Merchant(m)
		f.Touches, f.Sums, f.Paths, f.Transitions = f.Touches[:0], f.Sums[:0], f.Paths[:0], f.Transitions[:0]
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*visits), "ns/visit")
}

func BenchmarkRemovalEffects(b *testing.B) {
	var c Chain
	r := rand.New(rand.NewPCG(1, 2))
	for from := range c {
		for to := 1; to < len(c[from]); to++ {
			c[from][to] = r.Uint64N(100_000)
		}
	}
	for b.Loop() {
		c.RemovalEffects()
	}
}

func BenchmarkMarkovSums(b *testing.B) {
	cells := []FitCell{{FitKey{Industry: "retail"}, Start, 1, 9}, {FitKey{Industry: "retail"}, 1, 2, 5}, {FitKey{Industry: "retail"}, 1, Conversion, 4}, {FitKey{Industry: "retail"}, 2, Conversion, 5}}
	sums := NewMarkovSums(NewFits(cells))
	sums.AddPaths(&PathSums{FitKey: FitKey{Industry: "retail"}, Group: 7, Currency: "CNY", Day: 20_000, Final: true, Path: 0x21, Last: 2, Orders: 1})
	row := NetRow{Group: 7, Day: 20_000, Path: 0x21, Net: 12_345}
	b.ReportAllocs()
	for b.Loop() {
		sums.AddNet(&row)
	}
}
