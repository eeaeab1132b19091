package sales

import (
	"testing"

	"sevenday"
	"sevenday/metrics"
)

// BenchmarkFold reads a person with visits on 19 of 60 days and two payments,
// as the densest tests of the platform have.
func BenchmarkFold(b *testing.B) {
	m := merchant(b)
	line := &metrics.Timeline{Merchant: m, Person: 1}
	for i := range sevenday.Millis(19) {
		line.Entries = append(line.Entries, metrics.Entry{Time: start + 3*i*day, Action: sevenday.ActionVisit})
	}
	for _, i := range []sevenday.Millis{9, 27} {
		line.Orders = append(line.Orders, metrics.Order{PaidAt: start + i*day, Currency: m.Currency, Amount: 100})
	}
	line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	f := NewFold()
	b.ReportAllocs()
	for b.Loop() {
		f.Person(line)
		f.Payments = f.Payments[:0]
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(line.Entries)), "ns/entry")
}
