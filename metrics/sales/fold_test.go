package sales

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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
		{PaidAt: start - 1, DecidedAt: start - day, Currency: "CNY", Amount: 100, Refunded: 40, StoredValue: 5, Discount: 3},
		{PaidAt: start, DecidedAt: start - day, Currency: "CNY", Amount: 700, MerchantFee: 7, Method: sevenday.MethodInstallments},
		{PaidAt: start + hour, Currency: "EUR", Amount: 9000, Refunded: 1},
	}
	first := m.Calendar.Day(start) - 1
	want := []MerchantDay{
		{Key: m.Row(first), Day: first, Orders: 2, Buyers: 1, Gross: 200, Refunds: 80, StoredValue: 10, Discount: 6},
		{Key: m.Row(first + 1), Day: first + 1, Orders: 4, ForeignOrders: 2, Buyers: 1, Gross: 1400, Fees: 14, Installments: 1400},
	}
	got := fold(m, &metrics.Timeline{Person: 1, Orders: orders}, &metrics.Timeline{Person: sevenday.Nobody, Orders: orders})
	if diff := gocmp.Diff(want, got.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if len(got.Payments) != 6 || got.Payments[0].Net != 60 || got.Payments[0].Day != first {
		t.Errorf("payments: %+v", got.Payments)
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

func TestDaysAddUpToThePayments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		var lines []*metrics.Timeline
		for person := range sevenday.Person(3) {
			line := &metrics.Timeline{Person: person}
			at := start
			for range rapid.IntRange(0, 8).Draw(t, "orders") {
				at += rapid.SampledFrom([]sevenday.Millis{0, hour, day - 1, day}).Draw(t, "gap")
				amount := sevenday.Money(rapid.IntRange(0, 1000).Draw(t, "amount"))
				line.Orders = append(line.Orders, metrics.Order{
					PaidAt: at, Currency: rapid.SampledFrom([]string{"CNY", "EUR"}).Draw(t, "currency"), Amount: amount, Refunded: amount / 2,
				})
			}
			lines = append(lines, line)
		}
		got := fold(m, lines...)
		want := map[sevenday.Day]MerchantDay{}
		buyers := map[sevenday.Day]map[sevenday.Person]bool{}
		for _, p := range got.Payments {
			d := want[p.Day]
			d.Key, d.Day, d.Orders = m.Row(p.Day), p.Day, d.Orders+1
			if p.Currency == m.Currency {
				d.Gross, d.Refunds = d.Gross+p.Amount, d.Refunds+p.Refunded
			} else {
				d.ForeignOrders++
			}
			if buyers[p.Day] == nil {
				buyers[p.Day] = map[sevenday.Person]bool{}
			}
			if p.Person != sevenday.Nobody {
				buyers[p.Day][p.Person] = true
			}
			d.Buyers = uint64(len(buyers[p.Day]))
			want[p.Day] = d
		}
		if len(got.Days) != len(want) || len(got.Payments) != len(lines[0].Orders)+len(lines[1].Orders)+len(lines[2].Orders) {
			t.Fatalf("%d days of %d, %d payments", len(got.Days), len(want), len(got.Payments))
		}
		for _, d := range got.Days {
			if diff := gocmp.Diff(want[d.Day], d); diff != "" {
				t.Fatalf("(-payments +days):\n%s", diff)
			}
		}
	})
}
