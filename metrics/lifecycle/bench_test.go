package lifecycle

import (
	"testing"

	"sevenday"
	"sevenday/metrics"
)

// BenchmarkFold reads a person with visits on 19 of 60 days and two payments,
// as the densest tests of the platform have.
func BenchmarkFold(b *testing.B) {
	m := merchant(b, metrics.WholeHistory)
	var at []sevenday.Millis
	for i := range 19 {
		at = append(at, noon(m, 3*i)...)
	}
	line := &metrics.Timeline{Merchant: m, Person: 1, Entries: visits(sevenday.PortalScan, at...), Orders: orders(at[3], at[9])}
	f := NewFold()
	b.ReportAllocs()
	for b.Loop() {
		f.Person(line)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(at)), "ns/entry")
}
