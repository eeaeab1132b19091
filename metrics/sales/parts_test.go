package sales

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
)

func TestPartsAreOfOneValueAndOneCurrency(t *testing.T) {
	a := PartsAnswer{
		PartQuery: PartQuery{Scope: metrics.Scope{Merchant: "m"}, By: ByStore},
		Groups:    metrics.Groups{{Currency: "CNY", LastDays: metrics.LastDays{Closed: 9, Begun: 10}}},
		Cells: []PartSums{
			{Value: "s", Currency: "CNY", Day: 10, Merchants: 1, Orders: 2, Buyers: 1, Gross: 100, Refunds: 10, StoredValue: 3, Visits: 4, Visitors: 3},
			{Currency: "EUR", Day: 9, Merchants: 1, Orders: 1, Gross: 7, RefundsByDate: 2},
		},
		Pooled: []PartSums{{Currency: "EUR", Merchants: 1, Orders: 1, Gross: 7}},
	}
	money, count := metrics.Optional[sevenday.Money], metrics.Optional[int64]
	row := func(p Part) Part {
		p.MerchantID, p.By = metrics.Optional("m"), ByStore
		return p
	}
	euros := row(Part{Merchants: 1, Currency: "EUR", Orders: 1, Gross: 7, Net: 7, Consumption: 7, AverageOrder: money(7), Visits: count(0), Visitors: count(0), State: metrics.Final})
	first, pooled := euros, euros
	first.Day, first.RefundsByDate = metrics.Optional(sevenday.Day(9)), 2
	want := []Part{
		first,
		row(Part{
			Value: metrics.Optional("s"), Day: metrics.Optional(sevenday.Day(10)), Merchants: 1, Currency: "CNY", Orders: 2, Buyers: 1, Gross: 100, Refunds: 10,
			Net: 90, Consumption: 103, AverageOrder: money(45), Visits: count(4), Visitors: count(3), State: metrics.Open,
		}),
		pooled,
	}
	if diff := cmp.Diff(want, a.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	a.By = ByMethod
	if got := a.Rows()[0]; got.Visits != nil || got.Visitors != nil {
		t.Errorf("visits have no method: %+v", got)
	}
}

func TestAnUnknownBreakdownIsRefused(t *testing.T) {
	for _, by := range Breakdowns {
		if err := (PartQuery{By: by}).Validate(); err != nil {
			t.Errorf("%s: %v", by, err)
		}
	}
	if (PartQuery{By: "moon"}).Validate() == nil || (PartQuery{}).Validate() == nil {
		t.Error("a question without a breakdown is taken")
	}
}
