package ingest_test

import (
	"testing"

	"sevenday/internal/broker/brokertest"
	"sevenday/internal/testservers"
)

// TestOnApacheKafka holds ingest to the conformance suite on the real broker.
func TestOnApacheKafka(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a JVM")
	}
	addresses := testservers.Kafka(t)
	conform(t, func(t testing.TB, partitions int) []string {
		return brokertest.Empty(t, addresses, partitions)
	})
}
