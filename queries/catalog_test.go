package queries

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/sales"
)

// questions asks everything that takes a scope; the count is that of the rows.
func (c *Catalog) questions(scope metrics.Scope) map[string]func(context.Context) (int, error) {
	return map[string]func(context.Context) (int, error){
		"conversion": func(ctx context.Context) (int, error) {
			rows, err := c.Conversion(ctx, conversion.Query{Scope: scope})
			return len(rows), err
		},
		"coupons": func(ctx context.Context) (int, error) {
			rows, err := c.Coupons(ctx, coupon.Query{Scope: scope})
			return len(rows), err
		},
		"loop": func(ctx context.Context) (int, error) {
			rows, err := c.Loop(ctx, loop.Query{Scope: scope})
			return len(rows), err
		},
		"sales": func(ctx context.Context) (int, error) {
			rows, err := c.Sales(ctx, sales.Query{Scope: scope})
			return len(rows), err
		},
		"uplift": func(ctx context.Context) (int, error) {
			results, err := c.Uplift(ctx, scope)
			return len(results), err
		},
	}
}

func TestBeforeTheFirstPublicationThereAreNoRows(t *testing.T) {
	c := emptyCatalog(t)
	w := &world{merchants: someMerchants(t, 1)}
	w.insertMerchants(t, c)
	c = c.asDashboard(t)
	for name, ask := range c.questions(metrics.Scope{Merchant: "nobody"}) {
		if n, err := ask(t.Context()); n != 0 || err != nil {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
	rows, err := c.Sales(t.Context(), sales.Query{})
	if rows == nil || err != nil {
		t.Errorf("rows are nil, which JSON shows as null: %v, %v", rows, err)
	}
	if merchants, err := c.Merchants(t.Context()); merchants == nil || len(merchants) > 0 || err != nil {
		t.Errorf("merchants: %v, %v", merchants, err)
	}
	report, err := c.Report(t.Context())
	if diff := cmp.Diff(Report{Claims: []Claim{}}, report); diff != "" || err != nil {
		t.Errorf("report: %v, %s", err, diff)
	}
}

func TestAPublicationWithoutMerchantsHasTheRowsOfTheRangeOnly(t *testing.T) {
	c := emptyCatalog(t)
	store(t, c, "publications", []publication{{Run: 1, Watermark: sevenday.Millis(ended.UnixMilli()), AsOf: sevenday.Millis(ended.UnixMilli())}})
	c = c.asDashboard(t)
	want := map[string]int{"conversion": 1, "coupons": 1, "loop": len(loop.Steps), "sales": 1, "uplift": 0}
	for name, ask := range c.questions(metrics.Scope{}) {
		if n, err := ask(t.Context()); n != want[name] || err != nil {
			t.Errorf("%s: %d rows, %v; want %d", name, n, err, want[name])
		}
	}
}

func TestAnUnknownScopeIsNamedInTheError(t *testing.T) {
	c, _ := publishedWorld(t, 8)
	for _, test := range []struct {
		scope metrics.Scope
		kind  sevenday.ErrorKind
		named string
	}{
		{metrics.Scope{Merchant: "it's '\\ \t nobody"}, sevenday.NotFound, "it's '\\ \t nobody"},
		{metrics.Scope{Industry: "fishing"}, sevenday.KindOf(unknownScope(metrics.Scope{Industry: "fishing"})), "fishing"},
		{metrics.Scope{Merchant: "apple", Industry: "retail"}, sevenday.Invalid, "exclude each other"},
	} {
		for name, ask := range c.questions(test.scope) {
			_, err := ask(t.Context())
			if err == nil || sevenday.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.named) {
				t.Errorf("%s of %+v: %v, want kind %s", name, test.scope, err, test.kind)
			}
		}
	}
}

func TestFreshnessIsThatOfTheNewestPublication(t *testing.T) {
	c, w := publishedWorld(t, 9)
	got, err := c.Freshness(t.Context())
	if err != nil || got.Published == 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	got.Published = 0
	want := Freshness{Run: 5, Watermark: w.horizon.Watermark, AsOf: w.horizon.AsOf, Merchants: int64(len(w.merchants))}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAQuestionThatAPublicationInterruptsIsAskedAgain(t *testing.T) {
	c, w := publishedWorld(t, 10)
	publishNext := func() {
		for _, m := range w.merchants {
			m.Run++
		}
		w.publish(t, w.admin)
	}
	asked := 0
	run, err := published(t.Context(), c, func(f Freshness) (uint64, error) {
		if asked++; asked < 3 {
			publishNext()
		}
		return f.Run, nil
	})
	if run != 7 || asked != 3 || err != nil {
		t.Errorf("answered from run %d after %d times, %v; want run 7 after 3", run, asked, err)
	}
	_, err = published(t.Context(), c, func(Freshness) (int, error) { publishNext(); return 0, nil })
	if sevenday.KindOf(err) != sevenday.Unavailable {
		t.Errorf("a question that is always interrupted: %v", err)
	}
	broken := errors.New("broken")
	if _, err = published(t.Context(), c, func(Freshness) (int, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("a question that fails: %v", err)
	}
}

// landedRow is a row of table entries_log.
type landedRow struct {
	Part       uint32          `ch:"part"`
	Off        int64           `ch:"off"`
	BatchTime  sevenday.Millis `ch:"batch_time"`
	KafkaTime  sevenday.Millis `ch:"kafka_time"`
	EventTime  sevenday.Millis `ch:"event_time"`
	LogEnd     int64           `ch:"log_end"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
	Status     landedStatus    `ch:"status"`
	Control    uint32          `ch:"control"`
	Compacted  uint32          `ch:"compacted"`
}

type landedStatus uint8

// settledRow is a row of table settled.
type settledRow struct {
	Kind       sevenday.RecordKind `ch:"kind"`
	Part       uint32              `ch:"part"`
	Off        int64               `ch:"off"`
	Step       uint64              `ch:"step"`
	LeaseUntil sevenday.Millis     `ch:"lease_until"`
}

func TestIngestShowsWhatBecameOfEveryOffset(t *testing.T) {
	c := emptyCatalog(t)
	at := sevenday.Millis(ended.UnixMilli())
	row := func(part uint32, off int64, status landedStatus, control, compacted uint32) landedRow {
		return landedRow{part, off, at, at, at + hour, 9, noEnd, status, control, compacted}
	}
	store(t, c, "entries_log", []landedRow{
		row(0, 0, 1, 0, 0), row(0, 1, 2, 0, 0), row(0, 4, 3, 1, 2), row(0, 5, 1, 0, 0),
		row(1, 3, 1, 0, 0), // three offsets before it are missing
	})
	store(t, c, "settled", []settledRow{{sevenday.KindEntry, 0, 0, 1, noEnd}, {sevenday.KindEntry, 0, 4, 2, noEnd}})
	got, err := c.asDashboard(t).Ingest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []IngestRow{
		{Kind: "entry", Received: 6, Landed: 2, Refused: 1, Control: 1, Compacted: 2, Settled: 5, Lag: 3, NewestEvent: at, AddsUp: true},
		{Kind: "entry", Partition: 1, Received: 4, Landed: 1, Lag: 5, NewestEvent: at},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
