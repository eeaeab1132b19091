package benchmark

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"sevenday"
	"sevenday/metrics"
)

var closed = sevenday.Date(2026, time.October, 1) // a Thursday

var platform = metrics.Groups{
	{TimeZone: "Asia/Shanghai", LastDays: metrics.LastDays{Closed: closed, Begun: closed + 1}},
	{TimeZone: "America/New_York", LastDays: metrics.LastDays{Closed: closed - 1, Begun: closed}},
}

// programs are n mini programs of as many owners in an industry.
func programs(industry, currency string, n int) []Program {
	var list []Program
	for i := range uint64(n) {
		list = append(list, Program{
			MerchantID: fmt.Sprint(industry, currency, i), Industry: industry, Currency: currency, Users: 100, Days: 28,
			CohortUsers: 1000, ReturnedUsers: 200 + 10*i, Visits: 2000, Converted: 100 + i, Paid: 50, PaidAgain: 10 + i,
			Orders: 60, OwnOrders: 50, Net: sevenday.Money(100_000 + 5000*i), Visitors: 2800, Buyers: 60, NewBuyers: 20,
		})
	}
	return list
}

func TestAWindowIsFourWholeWeeksThatAreFinalForAll(t *testing.T) {
	for m, want := range map[Metric]string{
		AverageOrder: "2026-08-31 2026-09-27", VisitConversion: "2026-08-31 2026-09-27", Day7: "2026-08-24 2026-09-20", Repurchase30: "2026-08-03 2026-08-30",
	} {
		w, ok := WindowOf(m, platform)
		if got := w.From.String() + " " + w.To.String(); !ok || got != want {
			t.Errorf("%s: %s, want %s", m, got, want)
		}
	}
	sunday := metrics.Groups{{LastDays: metrics.LastDays{Closed: closed + 3}}}
	if w, _ := WindowOf(NetPerDay, sunday); w.To != closed+3 {
		t.Errorf("a closed Sunday ends the window: %s", w.To)
	}
	for _, none := range []metrics.Groups{nil, {{LastDays: metrics.LastDays{Closed: -1}}}} {
		if w, ok := WindowOf(NetPerDay, none); ok {
			t.Errorf("before anything is closed: %+v", w)
		}
	}
}

func TestAMerchantSeesItselfAndTheBandOfItsIndustry(t *testing.T) {
	a := Answer{Query: Query{metrics.Scope{Merchant: "retailCNY3"}}, Groups: platform, Programs: append(programs("retail", "CNY", 20), programs("retail", "USD", 12)...)}
	rows := a.Rows()
	if len(rows) != len(Metrics) {
		t.Fatalf("%d rows, want one a metric", len(rows))
	}
	for _, r := range rows {
		owners := int64(32)
		if r.Unit == Amount {
			owners = 20
		}
		if *r.MerchantID != "retailCNY3" || r.Industry != "retail" || r.Value == nil || r.P50 == nil || r.Owners != owners || (r.Currency != nil) != (r.Unit == Amount) {
			t.Errorf("%+v", r)
		}
	}
	if r := rows[0]; *r.Value != 0.23 || *r.P50 != 0.28 || *r.Position != "p10_p25" {
		t.Errorf("retention: %v beside %v, %v", *r.Value, *r.P50, *r.Position)
	}
	if r := rows[4]; r.Metric != NetPerDay || *r.Value != 1150./28 || *r.P50 != 53 {
		t.Errorf("net sales a day: %+v", r)
	}
}

func TestAnIndustryHasABandForEachCurrencyOfMoney(t *testing.T) {
	a := Answer{Groups: platform, Programs: append(programs("retail", "CNY", 20), append(programs("retail", "USD", 9), programs("travel", "CNY", 3)...)...)}
	rows := a.Rows()
	if len(rows) != len(Metrics)+2+len(Metrics) {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		few := r.Industry == "travel" || (r.Currency != nil && *r.Currency == "USD")
		if r.MerchantID != nil || r.Value != nil || r.Position != nil || (r.Suppressed != nil) != few || (r.P50 == nil) != few {
			t.Errorf("%+v", r)
		}
	}
}

func TestAMerchantsRowsChangeWithNobodyElseButThroughTheBand(t *testing.T) {
	list := programs("retail", "CNY", 9) // too few for a band
	a := Answer{Query: Query{metrics.Scope{Merchant: "retailCNY0"}}, Groups: platform, Programs: list}
	before, err := json.Marshal(a.Rows())
	if err != nil {
		t.Fatal(err)
	}
	for i := range list[1:] {
		list[1+i].ReturnedUsers, list[1+i].Net, list[1+i].Converted = 999, 7, 1999
	}
	after, err := json.Marshal(a.Rows())
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) || !strings.Contains(string(before), `"merchant_value":0.2,`) {
		t.Errorf("others' figures change what a merchant sees of a refused group:\n%s\n%s", before, after)
	}
}

func TestWithoutFiguresThereAreNoValues(t *testing.T) {
	a := Answer{Query: Query{metrics.Scope{Merchant: "m"}}, Groups: platform, Programs: []Program{{MerchantID: "m", Industry: "retail", Currency: "CNY"}}}
	for _, r := range a.Rows() {
		if r.Value != nil || r.State != metrics.Open || *r.Suppressed != string(TooFewOwners) {
			t.Errorf("%+v", r)
		}
	}
	a.Groups = metrics.Groups{{LastDays: metrics.LastDays{Closed: -1}}}
	for _, r := range a.Rows() {
		if r.From != nil || r.Suppressed == nil || r.State != metrics.Open {
			t.Errorf("before anything is closed: %+v", r)
		}
	}
}

func TestAPositionNamesTheNeighborsThatAreShown(t *testing.T) {
	p := metrics.Optional[float64]
	b := Band{P25: p(2), P50: p(3), P75: p(4)}
	for value, want := range map[float64]string{1: "below_p25", 2: "p25_p50", 3.5: "p50_p75", 4: "above_p75"} {
		if got := b.position(value); got != want {
			t.Errorf("%v lies at %q, want %q", value, got, want)
		}
	}
	if got := (&Band{}).position(1); got != "" {
		t.Errorf("without percentiles: %q", got)
	}
}
