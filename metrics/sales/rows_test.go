package sales

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
)

func TestEachCurrencyIsAFigureOfItsOwn(t *testing.T) {
	group := func(currency string, closed sevenday.Day) metrics.Group {
		return metrics.Group{Currency: currency, LastDays: metrics.LastDays{Closed: closed, Begun: closed + 1}}
	}
	a := Answer{
		Query:  Query{Scope: metrics.Scope{Industry: "retail"}},
		Groups: metrics.Groups{group("USD", 9), group("CNY", 10), group("CNY", 11)},
		Cells: []GroupSums{
			{Currency: "USD", Day: 10, Merchants: 1, Orders: 2, Gross: 100, StoredValue: 11},
			{Currency: "CNY", Day: 10, Merchants: 2, Orders: 4, ForeignOrders: 1, Buyers: 3, NewBuyers: 1, Gross: 111, Refunds: 11, NewNet: 60, NobodyNet: 30, RefundsByDate: 4},
		},
		Pooled: []GroupSums{{Currency: "USD", RegisteredTotal: 8}, {Currency: "CNY", Merchants: 2, Orders: 1, Gross: 5, Visits: 6, Visitors: 5, NewVisitors: 4, Registered: 3, Installments: 2}},
	}
	money := metrics.Optional[sevenday.Money]
	row := func(currency string, day sevenday.Day, r Row) Row {
		r.Industry, r.Currency, r.Day = metrics.Optional("retail"), &currency, metrics.NonZero(day)
		r.ReturningBuyersNet = r.Net - r.NewBuyersNet - r.NobodyNet
		return r
	}
	want := []Row{
		row("CNY", 10, Row{
			Merchants: 2, Orders: 4, ForeignOrders: 1, Buyers: 3, NewBuyers: 1, Gross: 111, Refunds: 11, RefundsByDate: 4, Net: 100,
			NewBuyersNet: 60, NobodyNet: 30, Consumption: 111, AverageOrder: money(33), State: metrics.Final,
		}),
		row("USD", 10, Row{Merchants: 1, Orders: 2, Gross: 100, Net: 100, Consumption: 111, AverageOrder: money(50), State: metrics.Open}),
		row("CNY", 0, Row{Merchants: 2, Orders: 1, Gross: 5, Net: 5, Consumption: 5, AverageOrder: money(5), Visits: 6, Visitors: 5, NewVisitors: 4, Registered: 3, Installments: 2, State: metrics.Final}),
		row("USD", 0, Row{RegisteredTotal: 8, State: metrics.Open}),
	}
	if diff := cmp.Diff(want, a.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheAverageOrderIsRoundedToTheNearestHundredth(t *testing.T) {
	for _, test := range []struct {
		sum    sevenday.Money
		orders int64
		want   sevenday.Money
	}{{100, 3, 33}, {101, 3, 34}, {1, 2, 1}, {0, 5, 0}, {7, 1, 7}} {
		if got := average(test.sum, test.orders); *got != test.want {
			t.Errorf("%d / %d = %d, want %d", test.sum, test.orders, *got, test.want)
		}
	}
	if got := average(0, 0); got != nil {
		t.Errorf("without orders: %v, want nil", *got)
	}
}
