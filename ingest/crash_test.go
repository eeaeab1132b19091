package ingest_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest"
	"sevenday/internal/broker/brokertest"
	"sevenday/internal/warehouse"
)

// startServer starts a ClickHouse of this test's own, which may be killed.
func startServer(t *testing.T, dir string) *warehouse.Server {
	t.Helper()
	server, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return server
}

// kill ends the server at once: Stop does not wait for a context that is over.
func kill(t *testing.T, server *warehouse.Server) {
	t.Helper()
	over, cancel := context.WithCancel(context.Background())
	cancel()
	if err := server.Stop(over); err != nil {
		t.Fatal(err)
	}
}

func TestAKilledClickHouseLosesAndDoublesNothing(t *testing.T) {
	dir := t.TempDir()
	server := startServer(t, dir)
	db, err := warehouse.Dial(t.Context(), server.Endpoint(), warehouse.UserAdmin)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, db)
	migrate(t, db)
	r := rig{t: t, brokers: brokertest.Start(t, 2), db: db}
	payloads := entries(60_000)
	r.write(sevenday.KindEntry, payloads)
	// Small batches, so that many inserts are on their way when the server dies.
	ingester := r.run(func(c *ingest.Config) { c.MaxRows, c.FetchBytes = 500, 20_000 })
	for landed := 5000; landed <= 35_000; landed += 15_000 {
		r.awaitRecords(sevenday.KindEntry, landed)
		kill(t, server)
		server = startServer(t, dir)
		await(t, "the server's answer", func() bool { return db.Ping(t.Context()) == nil })
	}

	r.awaitRecords(sevenday.KindEntry, len(payloads))
	ingester.stop()
	if diff := cmp.Diff(expect(payloads), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log after three kills (-want +got):\n%s", diff)
	}
}

func TestAnAbsentClickHouseIsTroubleUntilItIsBack(t *testing.T) {
	dir := t.TempDir()
	server := startServer(t, dir)
	db, err := warehouse.Dial(t.Context(), server.Endpoint(), warehouse.UserAdmin)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, db)
	migrate(t, db)
	kill(t, server)
	r := rig{t: t, brokers: brokertest.Start(t, 1), db: db}
	payloads := entries(100)
	r.write(sevenday.KindEntry, payloads)
	ingester := r.run()
	await(t, "trouble in the status", func() bool {
		status, ok := statusOf(ingester.Ingester, sevenday.KindEntry, 0)
		return ok && status.Trouble != "" && status.Stopped == ""
	})

	startServer(t, dir)
	await(t, "the server's answer", func() bool { return db.Ping(t.Context()) == nil })
	r.awaitRecords(sevenday.KindEntry, len(payloads))
	await(t, "the end of trouble", func() bool {
		status, _ := statusOf(ingester.Ingester, sevenday.KindEntry, 0)
		return status.Trouble == ""
	})
}

// TestRunStopsCleanly stops ingest while inserts are on their way.
func TestRunStopsCleanly(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 4))
	payloads := entries(30_000)
	r.write(sevenday.KindEntry, payloads)
	noLeak := leakCheck(t)
	for round := range 4 {
		ingester := r.run(func(c *ingest.Config) { c.MaxRows = 300 })
		r.awaitRecords(sevenday.KindEntry, round*4000)
		started := time.Now()
		ingester.stop()
		t.Logf("stopped after %s", time.Since(started))
		if status := ingester.Status(); status.Joined || len(positionsOwned(status)) > 0 {
			t.Errorf("after Run the status is %+v, want nothing owned", status)
		}
	}
	noLeak()
	r.run()
	r.awaitRecords(sevenday.KindEntry, len(payloads))
	if diff := cmp.Diff(expect(payloads), r.tally(sevenday.KindEntry)); diff != "" {
		t.Errorf("entries_log after four stops (-want +got):\n%s", diff)
	}
}

func positionsOwned(status ingest.Status) []ingest.PartitionStatus {
	var owned []ingest.PartitionStatus
	for _, partition := range status.Partitions {
		if partition.Owned {
			owned = append(owned, partition)
		}
	}
	return owned
}
