package queries

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"testing"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/activity"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
)

func TestMain(m *testing.M) { testservers.Main(m) }

// owners are the folders whose tables the questions read.
var owners = []string{
	"../ingest", "../transform", "../metrics/activity", "../metrics/sales", "../metrics/retention",
	"../metrics/conversion", "../metrics/coupon", "../metrics/loop", "../metrics/attribution", "../metrics/funnel",
	"../metrics/lifecycle",
}

func emptyCatalog(t testing.TB) *Catalog {
	t.Helper()
	db := testservers.ClickHouse(t)
	var sources []fs.FS
	for _, owner := range owners {
		sources = append(sources, os.DirFS(owner+"/migrations"))
	}
	if _, err := warehouse.Migrate(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	if err := warehouse.CreateViews(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	return &Catalog{DB: db}
}

// folds are the folds of a run.
type folds struct {
	activity   activity.Fold
	sales      *sales.Fold
	retention  *retention.Fold
	conversion *conversion.Fold
	coupon     *coupon.Fold
	loop       *loop.Fold
}

// insert folds the world and stores what the folds made, without publishing it.
func (w *world) insert(t testing.TB, c *Catalog) {
	t.Helper()
	f := folds{
		sales: sales.NewFold(), retention: retention.NewFold(), conversion: conversion.NewFold(),
		coupon: coupon.NewFold(), loop: loop.NewFold(),
	}
	for _, m := range w.merchants {
		for _, line := range w.lines {
			if line.Merchant == m {
				f.each(func(fold metrics.Fold) { fold.Person(line) })
			}
		}
		f.each(func(fold metrics.Fold) { fold.Merchant(m) })
	}
	store(t, c, "user_days_by_run", f.activity.UserDays)
	store(t, c, "first_days_by_run", f.activity.Persons)
	store(t, c, "payments_by_run", f.sales.Payments)
	store(t, c, "merchant_days_by_run", f.sales.Days)
	store(t, c, "retention_sums_by_run", f.retention.Rows)
	store(t, c, "visits_by_run", f.conversion.Visits)
	store(t, c, "conversion_sums_by_run", f.conversion.Sums)
	store(t, c, "coupon_sums_by_run", f.coupon.Sums)
	store(t, c, "loop_sums_by_run", f.loop.Sums)
}

func (f *folds) each(do func(metrics.Fold)) {
	for _, fold := range []metrics.Fold{&f.activity, f.sales, f.retention, f.conversion, f.coupon, f.loop} {
		do(fold)
	}
}

func store[R any](t testing.TB, c *Catalog, table string, rows []R) {
	t.Helper()
	if err := warehouse.Insert(t.Context(), c.DB, table, warehouse.LayoutOf[R](), rows, warehouse.InsertOptions{}); err != nil {
		t.Fatal(err)
	}
}

// settledMerchant is a row of table merchants_settled.
type settledMerchant struct {
	MerchantID     string               `ch:"merchant_id"`
	Declared       bool                 `ch:"declared"`
	Name           string               `ch:"name"`
	Owner          string               `ch:"owner"`
	StoreIDs       []string             `ch:"store_ids"`
	Industry       string               `ch:"industry"`
	City           string               `ch:"city"`
	TimeZone       string               `ch:"time_zone"`
	Currency       string               `ch:"currency"`
	UserIDScope    sevenday.UserIDScope `ch:"user_id_scope"`
	SettlementDays uint16               `ch:"settlement_days"`
	Names          []string             `ch:"capability_names"`
	EnabledAt      []sevenday.Millis    `ch:"capability_enabled_at"`
	DisabledAt     []sevenday.Millis    `ch:"capability_disabled_at"`
	Void           []bool               `ch:"capability_void"`
	Version        uint64               `ch:"version"`
	LeaseUntil     sevenday.Millis      `ch:"lease_until"`
}

// noEnd is a lease that never ends.
const noEnd sevenday.Millis = 4_000_000_000_000

func (w *world) insertMerchants(t testing.TB, c *Catalog) {
	t.Helper()
	var rows []settledMerchant
	for _, m := range w.merchants {
		row := settledMerchant{
			MerchantID: m.MerchantID, Declared: true, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City,
			TimeZone: m.TimeZone, Currency: m.Currency, UserIDScope: m.UserIDScope, SettlementDays: uint16(m.SettlementDays),
			Version: 1, LeaseUntil: noEnd,
		}
		for _, store := range m.Stores {
			row.StoreIDs = append(row.StoreIDs, store.StoreID)
		}
		for _, one := range m.Capabilities {
			row.Names, row.EnabledAt = append(row.Names, one.Name), append(row.EnabledAt, one.EnabledAt)
			row.DisabledAt, row.Void = append(row.DisabledAt, one.DisabledAt), append(row.Void, one.Void)
		}
		rows = append(rows, row)
	}
	store(t, c, "merchants_settled", rows)
}

// publication is a row of table publications.
type publication struct {
	Run        uint64          `ch:"run"`
	MerchantID string          `ch:"merchant_id"`
	Watermark  sevenday.Millis `ch:"watermark"`
	AsOf       sevenday.Millis `ch:"as_of"`

	SegmentFrom []sevenday.Day `ch:"segment_from"`
	SegmentRun  []uint64       `ch:"segment_run"`
}

// publish makes the world's run the one that counts.
func (w *world) publish(t testing.TB, c *Catalog) {
	t.Helper()
	run := w.merchants[0].Run
	rows := []publication{{Run: run, Watermark: w.horizon.Watermark, AsOf: w.horizon.AsOf}}
	for _, m := range w.merchants {
		rows = append(rows, publication{
			run, m.MerchantID, w.horizon.Watermark, w.horizon.AsOf, []sevenday.Day{metrics.WholeHistory}, []uint64{run},
		})
	}
	store(t, c, "publications", rows)
}

// publishedWorld is a catalog over a random world, between the rows of an
// earlier publication and those of a run that was never published.
func publishedWorld(t testing.TB, seed uint64) (*Catalog, *world) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	c := emptyCatalog(t)
	before, w, after := randomWorld(t, r, 3), randomWorld(t, r, 5), randomWorld(t, r, 9)
	before.insert(t, c)
	before.publish(t, c)
	w.insertMerchants(t, c)
	w.insert(t, c)
	after.insert(t, c)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w
}

// asDashboard is the catalog as the user whose rights and limits serve the figures.
func (c *Catalog) asDashboard(t testing.TB) *Catalog {
	t.Helper()
	return &Catalog{DB: testservers.ClickHouseAs(t, c.DB, warehouse.UserDashboard)}
}
