package coupon

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sevenday"
	"sevenday/metrics"
)

// inScope is one group of merchants whose days are closed up to 100.
var inScope = metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: 100, Begun: 101}}}

// withoutMoney leaves a row's money out of a comparison.
var withoutMoney = cmpopts.IgnoreFields(Row{}, "Currency", "Cost", "NetSales")

func TestPlacementsAddUpToAllAndDaysToTheRange(t *testing.T) {
	a := Answer{Query: Query{Range: metrics.Range{To: 100}}, Groups: inScope, Cells: []GroupSums{
		{Day: 99, Value: "scan", Issued: 4, Claimed: 2, Redeemed: 1},
		{Day: 98, Value: "payment_success", Issued: 6, Claimed: 3, Expired: 2, Live: 1},
		{Day: 98, Value: "scan", Issued: 1},
	}}
	row := func(day sevenday.Day, value string, issued, claimed, redeemed, expired int64, state metrics.State) Row {
		r := Row{Day: metrics.NonZero(day), Value: metrics.NonZero(value), Issued: issued, Claimed: claimed, Redeemed: redeemed, Expired: expired, State: state}
		r.ClaimRate, r.RedemptionRate = rate(claimed, issued), rate(redeemed, claimed)
		r.Open = one(state == metrics.Open)
		return r
	}
	want := []Row{
		row(98, "", 7, 3, 0, 2, metrics.Open), row(98, "scan", 1, 0, 0, 0, metrics.Final), row(98, "payment_success", 6, 3, 0, 2, metrics.Open),
		row(99, "", 4, 2, 1, 0, metrics.Final), row(99, "scan", 4, 2, 1, 0, metrics.Final),
		row(0, "", 11, 5, 1, 2, metrics.Open), row(0, "scan", 5, 2, 1, 0, metrics.Final), row(0, "payment_success", 6, 3, 0, 2, metrics.Open),
	}
	if diff := cmp.Diff(want, a.Rows(), withoutMoney); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestARateThatCannotBeToldIsNull(t *testing.T) {
	for _, test := range []struct {
		part, whole int64
		want        *float64
	}{
		{0, 0, nil},
		{0, 2, metrics.Optional(0.0)},
		{2, 2, metrics.Optional(1.0)},
		{1, 4, metrics.Optional(0.25)},
		{3, 2, nil}, // redeemed more than were claimed: claims are missing
	} {
		if diff := cmp.Diff(test.want, rate(test.part, test.whole)); diff != "" {
			t.Errorf("%d of %d (-want +got):\n%s", test.part, test.whole, diff)
		}
	}
}

func TestARangeIsFinalWhenNothingInItCanChange(t *testing.T) {
	for _, test := range []struct {
		to   sevenday.Day
		live int64
		want metrics.State
	}{{101, 0, metrics.Final}, {102, 0, metrics.Open}, {101, 1, metrics.Open}, {0, 0, metrics.Open}} {
		a := Answer{Query: Query{Range: metrics.Range{To: test.to}}, Groups: inScope, Cells: []GroupSums{{Day: 90, Value: "scan", Issued: 1, Live: test.live}}}
		rows := a.Rows()
		if last := rows[len(rows)-2]; last.Day != nil || last.State != test.want {
			t.Errorf("to %d with %d live: %+v, want %s", test.to, test.live, last, test.want)
		}
	}
	empty := Answer{Groups: inScope}
	if diff := cmp.Diff([]Row{{State: metrics.Open}}, empty.Rows(), withoutMoney); diff != "" {
		t.Errorf("without coupons (-want +got):\n%s", diff)
	}
}

func TestMoneyIsShownInOneCurrencyOnly(t *testing.T) {
	a := Answer{Groups: inScope, Sales: []GroupSales{
		{Day: 98, Value: "scan", Followed: 4, Repurchased: 1, Orders: 5, Cost: 250, Net: 1000},
		{Day: 99, Orders: 1, Cost: 50, Net: 0}, // of a coupon that nobody knows
	}}
	rows := a.Rows()
	pooled := rows[len(rows)-3]
	if *pooled.Currency != "CNY" || *pooled.Cost != 300 || *pooled.NetSales != 1000 || pooled.Orders != 6 || *pooled.RepurchaseRate != 0.25 {
		t.Errorf("the range: %+v", pooled)
	}
	if unknown := rows[len(rows)-2]; unknown.Value == nil || *unknown.Value != "" || *unknown.Cost != 50 {
		t.Errorf("orders without a known coupon: %+v", unknown)
	}
	a.Groups = append(metrics.Groups{{Currency: "USD"}}, inScope...)
	if row := a.Rows()[0]; row.Currency != nil || row.Cost != nil || row.NetSales != nil || row.Orders != 5 {
		t.Errorf("money of two currencies: %+v", row)
	}
}

func TestOnlyKnownBreakdownsAreAnswered(t *testing.T) {
	for by, valid := range map[Breakdown]bool{ByPlacement: true, ByCampaign: true, ByKind: true, "city": false} {
		if err := (Query{By: by}).Validate(); (err == nil) != valid {
			t.Errorf("by %s: %v", by, err)
		}
	}
	if err := (CurveQuery{}).Validate(); err != nil {
		t.Errorf("one curve: %v", err)
	}
}
