package warehouse_test

import (
	_ "embed"
	"fmt"
	"os"
	"testing"
	"time"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/select_entries.sql
	selectEntries string
	//go:embed testdata/truncate_entries.sql
	truncateEntries string
)

// entry is a row of the pipeline's busiest table.
type entry struct {
	MerchantID                      string
	Person                          sevenday.Person
	EventTime                       sevenday.Millis
	EventID                         string
	EventHash, Version              uint64
	Deleted                         bool
	LeaseUntil                      sevenday.Millis
	StoreID                         string
	User, Anonymous                 sevenday.Person
	NoConsent                       bool
	Revision                        uint32
	Action                          sevenday.Action
	Portal                          sevenday.Portal
	PortalFromScene                 bool
	Scene                           string
	Terminal                        sevenday.Terminal
	SessionID, CampaignID, CouponID string
}

var entryLayout = warehouse.NewLayout(
	warehouse.String("merchant_id", func(r *entry) *string { return &r.MerchantID }),
	warehouse.UInt64("person", func(r *entry) *sevenday.Person { return &r.Person }),
	warehouse.Millis("event_time", func(r *entry) *sevenday.Millis { return &r.EventTime }),
	warehouse.String("event_id", func(r *entry) *string { return &r.EventID }),
	warehouse.UInt64("event_hash", func(r *entry) *uint64 { return &r.EventHash }),
	warehouse.UInt64("version", func(r *entry) *uint64 { return &r.Version }),
	warehouse.Bool("is_deleted", func(r *entry) *bool { return &r.Deleted }),
	warehouse.Millis("lease_until", func(r *entry) *sevenday.Millis { return &r.LeaseUntil }),
	warehouse.String("store_id", func(r *entry) *string { return &r.StoreID }),
	warehouse.UInt64("user", func(r *entry) *sevenday.Person { return &r.User }),
	warehouse.UInt64("anonymous", func(r *entry) *sevenday.Person { return &r.Anonymous }),
	warehouse.Bool("no_consent", func(r *entry) *bool { return &r.NoConsent }),
	warehouse.UInt32("revision", func(r *entry) *uint32 { return &r.Revision }),
	warehouse.Enum8("action", func(r *entry) *sevenday.Action { return &r.Action }),
	warehouse.Enum8("portal", func(r *entry) *sevenday.Portal { return &r.Portal }),
	warehouse.Bool("portal_from_scene", func(r *entry) *bool { return &r.PortalFromScene }),
	warehouse.String("scene", func(r *entry) *string { return &r.Scene }),
	warehouse.Enum8("terminal", func(r *entry) *sevenday.Terminal { return &r.Terminal }),
	warehouse.String("session_id", func(r *entry) *string { return &r.SessionID }),
	warehouse.String("campaign_id", func(r *entry) *string { return &r.CampaignID }),
	warehouse.String("coupon_id", func(r *entry) *string { return &r.CouponID }),
)

const benchmarkRows = 1 << 19

// entries returns rows in the table's order, with ids as long as real ones.
func entries() []entry {
	lease := sevenday.Millis(time.Now().Add(time.Hour).UnixMilli())
	rows := make([]entry, benchmarkRows)
	for i := range rows {
		person := sevenday.Person(i / 20)
		rows[i] = entry{
			MerchantID: fmt.Sprintf("merchant-%03d", i>>14), Person: person, User: person,
			EventTime: 1_760_000_000_000 + sevenday.Millis(i)*1000, EventID: fmt.Sprintf("event-%016x", i*7919),
			EventHash: uint64(i) * 0x9e3779b97f4a7c15, Version: 1, LeaseUntil: lease, Revision: 1,
			Action: sevenday.ActionVisit, Portal: sevenday.Portal(1 + i%8), Terminal: sevenday.TerminalAlipay,
			SessionID: fmt.Sprintf("session-%08x", i/3),
		}
	}
	return rows
}

// createEntries makes the real table in the test's database.
func createEntries(t testing.TB, db *warehouse.DB) {
	t.Helper()
	text, err := os.ReadFile("../../transform/migrations/0011_entries_placed.sql")
	if err != nil {
		t.Fatal(err)
	}
	statement(t, db, string(text))
}

// BenchmarkInsert measures rows sent and stored per second, the server's work included.
func BenchmarkInsert(b *testing.B) {
	db := testservers.ClickHouse(b)
	createEntries(b, db)
	rows := entries()
	for b.Loop() {
		err := warehouse.Insert(b.Context(), db, "entries_placed", entryLayout, rows, warehouse.InsertOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		statement(b, db, truncateEntries)
		b.StartTimer()
	}
	reportRate(b)
}

// BenchmarkStream measures rows read and decoded per second.
func BenchmarkStream(b *testing.B) {
	db := testservers.ClickHouse(b)
	createEntries(b, db)
	err := warehouse.Insert(b.Context(), db, "entries_placed", entryLayout, entries(), warehouse.InsertOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		count := 0
		err := warehouse.Stream(b.Context(), db, entryLayout, selectEntries, nil, func(rows []entry) error {
			count += len(rows)
			return nil
		})
		if err != nil || count != benchmarkRows {
			b.Fatal(count, err)
		}
	}
	reportRate(b)
}

func reportRate(b *testing.B) {
	b.ReportMetric(float64(benchmarkRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
