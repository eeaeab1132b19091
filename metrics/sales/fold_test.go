package sales

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone.
const (
	start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai
	hour  sevenday.Millis = 60 * 60 * 1000
	day                   = 24 * hour
)

func merchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fold(m *metrics.Merchant, lines ...*metrics.Timeline) *Fold {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	slices.SortFunc(f.Days, func(a, b MerchantDay) int { return cmp.Compare(a.Day, b.Day) })
	return f
}

func TestOrdersAreAddedUpOnTheDayOfTheirPayment(t *testing.T) {
	m := merchant(t)
	orders := []metrics.Order{
		{PaidAt: start - 1, DecidedAt: start - day, Currency: "CNY", Amount: 100, Refunded: 40, Excess: 9, StoredValue: 5, Discount: 3},
		{PaidAt: start, DecidedAt: start - day, Currency: "CNY", Amount: 700, MerchantFee: 7, Method: sevenday.MethodInstallments},
		{PaidAt: start + hour, Currency: "EUR", Amount: 9000, Refunded: 1},
	}
	first := m.Calendar.Day(start) - 1
	want := []MerchantDay{
		{
			Key: m.Row(first), Day: first, Orders: 2, Buyers: 1, Gross: 200, Refunds: 80, StoredValue: 10, Discount: 6,
			ExcessOrders: 2, Excess: 18, NewBuyers: 1, NewNet: 60, NobodyNet: 60,
		},
		{Key: m.Row(first + 1), Day: first + 1, Orders: 4, ForeignOrders: 2, Buyers: 1, Gross: 1400, Fees: 14, Installments: 1400, NobodyNet: 700},
	}
	got := fold(m, &metrics.Timeline{Person: 1, Orders: orders}, &metrics.Timeline{Person: sevenday.Nobody, Orders: orders})
	if diff := gocmp.Diff(want, got.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if len(got.Payments) != 6 || got.Payments[0].Net != 60 || got.Payments[0].Day != first {
		t.Errorf("payments: %+v", got.Payments)
	}
}

func TestARefundStandsInTheSpanOfItsPayment(t *testing.T) {
	m := merchant(t)
	paid := m.Calendar.Day(start)
	order := metrics.Order{
		TransactionID: "t", PaidAt: start, Currency: "CNY", Amount: 100, Refunded: 30, Method: sevenday.MethodCredit, StoreID: "s",
		Refunds: []metrics.Refunded{{Time: start + hour, Amount: 10}, {Time: start + 100*day, Amount: 20}},
	}
	row := RefundRow{
		Key: m.Row(paid), Person: 1, TransactionID: "t", Day: paid, Currency: "CNY", Method: sevenday.MethodCredit, StoreID: "s",
		RefundedDay: paid, RefundedAt: start + hour, Amount: 10,
	}
	later := row
	later.RefundedDay, later.RefundedAt, later.Amount = paid+100, start+100*day, 20
	got := fold(m, &metrics.Timeline{Person: 1, Orders: []metrics.Order{order}})
	if diff := gocmp.Diff([]RefundRow{row, later}, got.Refunds); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestARegularIsNoNewBuyer(t *testing.T) {
	m := merchant(t)
	first := m.Calendar.Day(start)
	entry := func(action sevenday.Action, at sevenday.Millis) metrics.Entry {
		return metrics.Entry{Time: start + at, Action: action}
	}
	orders := []metrics.Order{{PaidAt: start, Currency: "CNY", Amount: 1}, {PaidAt: start + hour, Currency: "CNY", Amount: 2}, {PaidAt: start + day, Currency: "CNY", Amount: 4}}
	for _, test := range []struct {
		name string
		line metrics.Timeline
		want uint64
	}{
		{"the first payment ever", metrics.Timeline{}, 1},
		{"paid before", metrics.Timeline{Known: metrics.Known{FirstPaying: first - 50}}, 0},
		{"registered before anything else", metrics.Timeline{Entries: []metrics.Entry{entry(sevenday.ActionRegister, -day)}}, 0},
		{"visited, registered, paid", metrics.Timeline{Entries: []metrics.Entry{entry(sevenday.ActionVisit, -2*day), entry(sevenday.ActionRegister, -day)}}, 1},
		{"visited long ago, registered, paid", metrics.Timeline{Known: metrics.Known{FirstVisit: first - 50, Register: first - 40}}, 1},
		{"registered on the day", metrics.Timeline{Entries: []metrics.Entry{entry(sevenday.ActionRegister, 0)}}, 1},
	} {
		line := test.line
		line.Person, line.Orders = 1, orders
		sum := MerchantDay{}
		for _, d := range fold(m, &line).Days {
			sum.NewBuyers, sum.NewNet = sum.NewBuyers+d.NewBuyers, sum.NewNet+d.NewNet
		}
		if sum.NewBuyers != test.want || sum.NewNet != sevenday.Money(3*test.want) {
			t.Errorf("%s: %d new buyers bought for %s, want %d for %s", test.name, sum.NewBuyers, sum.NewNet, test.want, sevenday.Money(3*test.want))
		}
	}
}

func TestAMemberOfBeforeIsNoNewVisitor(t *testing.T) {
	m := merchant(t)
	first := m.Calendar.Day(start)
	visit := func(at sevenday.Millis) metrics.Entry {
		return metrics.Entry{Time: start + at, Action: sevenday.ActionVisit}
	}
	register := func(at sevenday.Millis) metrics.Entry {
		return metrics.Entry{Time: start + at, Action: sevenday.ActionRegister}
	}
	for _, test := range []struct {
		name    string
		entries []metrics.Entry
		want    []MerchantDay
	}{
		{"registered the day before", []metrics.Entry{register(-hour), visit(hour)}, []MerchantDay{{Day: first - 1, Registered: 1}, {Day: first, Entries: 1, Visits: 1, Visitors: 1}}},
		{"registered on the day", []metrics.Entry{register(0), visit(hour), visit(2 * hour)}, []MerchantDay{{Day: first, Entries: 2, Visits: 2, Visitors: 1, NewVisitors: 1, Registered: 1}}},
		{"registered later, twice", []metrics.Entry{visit(0), register(day), register(2 * day)}, []MerchantDay{{Day: first, Entries: 1, Visits: 1, Visitors: 1, NewVisitors: 1}, {Day: first + 1, Registered: 1}}},
		{"a visit over midnight", []metrics.Entry{visit(day - 1), visit(day)}, []MerchantDay{{Day: first, Entries: 1, Visits: 1, Visitors: 1, NewVisitors: 1}, {Day: first + 1, Entries: 1, Visitors: 1}}},
	} {
		line := &metrics.Timeline{Person: 1, Entries: test.entries, Visits: metrics.CutVisits(nil, test.entries, m.Calendar)}
		for i := range test.want {
			test.want[i].Key = m.Row(test.want[i].Day)
		}
		if diff := gocmp.Diff(test.want, fold(m, line).Days); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	nobody := fold(m, &metrics.Timeline{Person: sevenday.Nobody, Entries: []metrics.Entry{visit(0), register(0)}})
	if diff := gocmp.Diff([]MerchantDay{{Key: m.Row(first), Day: first, Entries: 1}}, nobody.Days); diff != "" {
		t.Errorf("nobody (-want +got):\n%s", diff)
	}
}
