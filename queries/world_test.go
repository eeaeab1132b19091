package queries

import (
	"cmp"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

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
	"../metrics/conversion", "../metrics/coupon", "../metrics/loop",
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

// world is some merchants' timelines, and how far they reach.
type world struct {
	merchants []*metrics.Merchant
	lines     []*metrics.Timeline // one for each merchant and person
	horizon   metrics.Horizon
	admin     *Catalog // as the user who writes
}

// ended is a watermark inside a day of every time zone: closed in the east, not in the west.
var ended = time.Date(2026, 10, 1, 18, 0, 0, 0, time.UTC)

const (
	hour = sevenday.Millis(60 * 60 * 1000)
	day  = 24 * hour
)

// someMerchants differ in zone, currency, industry and settlement.
func someMerchants(t testing.TB, run uint64) []*metrics.Merchant {
	t.Helper()
	var list []*metrics.Merchant
	add := func(id, industry, zone, currency string, settlement int) {
		m := sevenday.DefaultMerchant(id)
		m.Industry, m.TimeZone, m.Currency, m.SettlementDays = industry, zone, currency, settlement
		merchant, err := metrics.NewMerchant(m, run)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, merchant)
	}
	add("apple", "retail", "Asia/Shanghai", "CNY", 0)
	add("bike", "travel", "Asia/Shanghai", "CNY", 3)
	add("cafe", "catering", "America/New_York", "USD", 0)
	add("diner", "catering", "America/New_York", "CNY", 1)
	add("empty", "other", "Asia/Shanghai", "CNY", 0)
	add("paying", "other", "Asia/Shanghai", "CNY", 0)
	for _, id := range []string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"} {
		add(id, "retail", "Asia/Shanghai", "CNY", 0)
	}
	return list
}

// randomWorld gives each merchant some people and 50 days of events, the last
// of them after the watermark and a few even after what was seen.
func randomWorld(t testing.TB, r *rand.Rand, run uint64) *world {
	t.Helper()
	w := &world{merchants: someMerchants(t, run)}
	w.horizon.Watermark = sevenday.Millis(ended.UnixMilli())
	w.horizon.AsOf = w.horizon.Watermark + 2*hour
	for _, m := range w.merchants {
		if m.Key.MerchantID == "empty" {
			continue
		}
		for person := range 4 + r.IntN(20) {
			line := randomLine(r, m, sevenday.Person(person), w.horizon)
			if m.Key.MerchantID == "paying" {
				line.Entries, line.Visits = nil, nil
			}
			w.lines = append(w.lines, line)
		}
	}
	return w
}

func randomLine(r *rand.Rand, m *metrics.Merchant, person sevenday.Person, horizon metrics.Horizon) *metrics.Timeline {
	t := &metrics.Timeline{Merchant: m, Person: person}
	at := horizon.AsOf - 50*day + sevenday.Millis(r.Int64N(int64(30*day)))
	for n := r.IntN(25); n > 0; n-- {
		// Half the steps are short, so that windows are hit and just missed.
		if r.IntN(2) == 0 {
			at += sevenday.Millis(r.Int64N(int64(20 * 60 * 1000)))
		} else {
			at += sevenday.Millis(r.Int64N(int64(3 * day)))
		}
		addEvent(r, t, at)
	}
	slices.SortStableFunc(t.Orders, func(a, b metrics.Order) int { return cmp.Compare(a.PaidAt, b.PaidAt) })
	if person != sevenday.Nobody {
		t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	}
	return t
}

func addEvent(r *rand.Rand, t *metrics.Timeline, at sevenday.Millis) {
	switch r.IntN(7) {
	case 0, 1, 2:
		t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(1 + r.IntN(8))})
	case 3:
		t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.Action(2 + r.IntN(5)), Portal: sevenday.PortalOther})
	case 4, 5:
		t.Orders = append(t.Orders, randomOrder(r, t.Merchant, at))
	default:
		c := metrics.Coupon{
			Time: at, Coupon: uint64(r.IntN(4)), CampaignID: "spring",
			Stage: sevenday.Stage(1 + r.IntN(8)), Placement: sevenday.Placement(1 + r.IntN(9)),
		}
		if r.IntN(2) == 0 {
			c.ValidUntil = at + sevenday.Millis(r.Int64N(int64(20*day)))
		}
		t.Coupons = append(t.Coupons, c)
	}
}

func randomOrder(r *rand.Rand, m *metrics.Merchant, at sevenday.Millis) metrics.Order {
	o := metrics.Order{
		PaidAt: at, DecidedAt: at, Currency: m.Currency, Amount: sevenday.Money(r.IntN(10_000)),
		StoredValue: sevenday.Money(r.IntN(100)), Method: sevenday.Method(1 + r.IntN(8)), MerchantFee: sevenday.Money(r.IntN(10)),
	}
	if r.IntN(4) == 0 {
		o.Refunded = sevenday.Money(r.Int64N(int64(o.Amount) + 1))
	}
	if r.IntN(8) == 0 {
		o.Currency = "EUR"
	}
	if r.IntN(5) == 0 {
		o.DecidedAt -= sevenday.Millis(r.Int64N(int64(2 * day)))
	}
	return o
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
	store(t, c, "first_days_by_run", f.activity.FirstDays)
	store(t, c, "payments_by_run", f.sales.Payments)
	store(t, c, "merchant_days_by_run", f.sales.Days)
	store(t, c, "retention_sums", f.retention.Rows)
	store(t, c, "visits_by_run", f.conversion.Visits)
	store(t, c, "conversion_sums", f.conversion.Sums)
	store(t, c, "coupon_sums", f.coupon.Sums)
	store(t, c, "loop_sums", f.loop.Sums)
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
			MerchantID: m.Key.MerchantID, Declared: true, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City,
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
}

// publish makes the world's run the one that counts.
func (w *world) publish(t testing.TB, c *Catalog) {
	t.Helper()
	run := w.merchants[0].Run
	rows := []publication{{run, "", w.horizon.Watermark, w.horizon.AsOf}}
	for _, m := range w.merchants {
		rows = append(rows, publication{run, m.Key.MerchantID, w.horizon.Watermark, w.horizon.AsOf})
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

// within tells whether a merchant's day is in the range and has begun.
func (w *world) within(m *metrics.Merchant, days metrics.Range, day sevenday.Day) bool {
	return day >= days.From && (days.To == 0 || day < days.To) && w.stateOf(m, day, day) != metrics.NotDue
}

// linesIn lists the timelines of the people at a scope's merchants, Nobody's too.
func (w *world) linesIn(scope metrics.Scope) []*metrics.Timeline {
	return slices.DeleteFunc(slices.Clone(w.lines), func(line *metrics.Timeline) bool {
		return !slices.Contains(w.in(scope), line.Merchant)
	})
}

// in lists the merchants of a scope.
func (w *world) in(scope metrics.Scope) []*metrics.Merchant {
	return slices.DeleteFunc(slices.Clone(w.merchants), func(m *metrics.Merchant) bool {
		return (scope.Merchant != "" && m.Key.MerchantID != scope.Merchant) || (scope.Industry != "" && m.Industry != scope.Industry)
	})
}

// stateOf tells a cell's state by its instants: final once the watermark has
// reached the end of the last day in the merchant's zone.
func (w *world) stateOf(m *metrics.Merchant, first, last sevenday.Day) metrics.State {
	switch {
	case m.Calendar.End(last) <= w.horizon.Watermark:
		return metrics.Final
	case m.Calendar.Start(first) <= w.horizon.AsOf:
		return metrics.Open
	default:
		return metrics.NotDue
	}
}

// scopeState is the state of a cell that is final only when it is for every merchant in scope.
func (w *world) scopeState(scope metrics.Scope, of func(*metrics.Merchant) metrics.State) metrics.State {
	states := map[metrics.State]bool{}
	for _, m := range w.in(scope) {
		states[of(m)] = true
	}
	return oneState(states)
}

// oneState is the state of a cell whose parts have these states.
func oneState(states map[metrics.State]bool) metrics.State {
	if len(states) == 1 {
		for state := range states {
			return state
		}
	}
	return metrics.Open
}

var scopes = []metrics.Scope{
	{},
	{Industry: "retail"},
	{Industry: "catering"},
	{Industry: "other"},
	{Merchant: "apple"},
	{Merchant: "bike"},
	{Merchant: "cafe"},
	{Merchant: "diner"},
	{Merchant: "empty"},
}

// ranges are all history, a range that ends before the watermark, and the last days.
func ranges() []metrics.Range {
	last := sevenday.DayOf(ended)
	return []metrics.Range{{}, {From: last - 40, To: last - 5}, {From: last - 4}, {To: last - 3}}
}
