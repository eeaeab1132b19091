package ingest_test

import (
	"testing"

	"sevenday"
	"sevenday/internal/broker/brokertest"
)

// BenchmarkIngest lands b.N entry records that wait in Kafka, with both servers
// on this machine. Producing them is not timed, joining the group is.
func BenchmarkIngest(b *testing.B) {
	r := newRig(b, brokertest.Start(b, 4))
	r.write(sevenday.KindEntry, entries(b.N))
	b.ResetTimer()
	ingester := r.run()
	r.awaitRecords(sevenday.KindEntry, b.N)
	b.StopTimer()
	ingester.stop()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
