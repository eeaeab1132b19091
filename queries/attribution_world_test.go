package queries

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
	"sevenday/metrics/conversion"
	"sevenday/metrics/sales"
)

// attributedWorld is a catalog over a random world, as it was seen at a watermark, and the
// world's transitions.
func attributedWorld(t testing.TB, seed uint64, watermark time.Time) (*Catalog, *world, []attribution.TransitionRow) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 11))
	c := attributionCatalog(t)
	w := randomWorld(t, r, 5)
	for _, m := range w.merchants {
		w.lines = append(w.lines, busyMonths(r, m, w.horizon, people[m.MerchantID])...)
	}
	for i, line := range w.lines {
		for j := range line.Orders {
			line.Orders[j].TransactionID = strconv.Itoa(i) + "-" + strconv.Itoa(j)
		}
	}
	w.horizon.Watermark = sevenday.Millis(watermark.UnixMilli())
	w.horizon.AsOf = w.horizon.Watermark + 2*hour
	w.insertMerchants(t, c)
	f := w.foldAttribution()
	store(t, c, "touches_by_run", f.credits.Touches)
	store(t, c, "credit_sums_by_run", f.credits.Sums)
	store(t, c, "path_sums_by_run", f.credits.Paths)
	store(t, c, "portal_transitions_by_run", f.credits.Transitions)
	store(t, c, "visits_by_run", f.visits.Visits)
	store(t, c, "payments_by_run", f.payments.Payments)
	w.publish(t, c)
	w.admin = c
	return c.asDashboard(t), w, f.credits.Transitions
}

// attributionCatalog is an empty catalog with the tables that credit is checked by.
func attributionCatalog(t testing.TB) *Catalog {
	t.Helper()
	db := testservers.ClickHouse(t)
	var sources []fs.FS
	for _, owner := range []string{"../ingest", "../transform", "../metrics/attribution", "../metrics/conversion", "../metrics/sales"} {
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

// people are how many more come to some merchants: to two of them enough for fits
// of their own.
var people = map[string]sevenday.Person{"apple": 600, "diner": 600, "cafe": 40}

// busyMonths is people who come a few times in the weeks up to the watermark, and
// mostly pay.
func busyMonths(r *rand.Rand, m *metrics.Merchant, horizon metrics.Horizon, people sevenday.Person) []*metrics.Timeline {
	var lines []*metrics.Timeline
	for person := range people {
		t := &metrics.Timeline{Merchant: m, Person: 10_000 + person}
		at := horizon.Watermark - sevenday.Millis(r.Int64N(int64(70*day)))
		for range 1 + r.IntN(4) {
			at += sevenday.Millis(r.Int64N(int64(4 * day)))
			t.Entries = append(t.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(r.IntN(5))})
			if r.IntN(2) == 0 {
				at += sevenday.Millis(r.Int64N(int64(hour)))
				t.Orders = append(t.Orders, randomOrder(r, m, at))
			}
		}
		t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
		lines = append(lines, t)
	}
	return lines
}

// attributionFolds are the folds whose rows credit is made of and checked by.
type attributionFolds struct {
	credits  *attribution.Fold
	visits   *conversion.Fold
	payments *sales.Fold
}

func (w *world) foldAttribution() attributionFolds {
	f := attributionFolds{attribution.NewFold(), conversion.NewFold(), sales.NewFold()}
	for _, fold := range []metrics.Fold{f.credits, f.visits, f.payments} {
		for _, m := range w.merchants {
			for _, line := range w.lines {
				if line.Merchant == m {
					fold.Person(line)
				}
			}
			fold.Merchant(m)
		}
	}
	return f
}

// countRow is a count.
type countRow struct {
	Rows uint64 `ch:"rows"`
}

func TestTheFoldsCreditsAreThoseOfSQLOverVisitsAndPayments(t *testing.T) {
	_, w, _ := attributedWorld(t, 1, ended)
	text, err := os.ReadFile("testdata/attribution_unlike.sql")
	if err != nil {
		t.Fatal(err)
	}
	unlike := func() int {
		rows, err := warehouse.Select(t.Context(), w.admin.DB, warehouse.LayoutOf[countRow](), string(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	if n := unlike(); n != 0 {
		t.Errorf("%d sums differ", n)
	}
	one := slices.IndexFunc(w.lines, func(line *metrics.Timeline) bool { return len(line.Orders) > 0 && len(line.Visits) > 0 })
	store(t, w.admin, "credit_sums_by_run", []attribution.SumRow{{
		Key: w.lines[one].Merchant.Row(w.lines[one].Visits[0].Day), Day: w.lines[one].Visits[0].Day, Channel: attribution.Direct, Touched: 1,
	}})
	if n := unlike(); n == 0 {
		t.Error("a made-up sum is not found")
	}
}
