package conversion

import (
	"fmt"
	"reflect"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone.
const start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai

const minute sevenday.Millis = 60 * 1000

func merchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func visit(m *metrics.Merchant, at sevenday.Millis, portal sevenday.Portal) metrics.Visit {
	return metrics.Visit{Start: at, Day: m.Calendar.Day(at), Portal: portal}
}

func fold(m *metrics.Merchant, lines ...*metrics.Timeline) *Fold {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	sortSums(f.Sums)
	return f
}

func TestAPaymentBelongsToTheLatestVisitAtOrBeforeItWithinADay(t *testing.T) {
	m := merchant(t)
	two := []metrics.Visit{visit(m, start, sevenday.PortalScan), visit(m, start+60*minute, sevenday.PortalSearch)}
	for _, test := range []struct {
		name string
		paid sevenday.Millis
		want int // which visit converts, -1 for none
	}{
		{"before any visit", start - 1, -1},
		{"with the first visit", start, 0},
		{"just before the second", start + 60*minute - 1, 0},
		{"with the second", start + 60*minute, 1},
		{"at the end of the second's window", start + 60*minute + Window, 1},
		{"after it, when the first's is long over", start + 60*minute + Window + 1, -1},
	} {
		line := &metrics.Timeline{Person: 1, Visits: two, Orders: []metrics.Order{{DecidedAt: test.paid, PaidAt: test.paid + 100*minute, Currency: "CNY", Amount: 500}}}
		for i, v := range fold(m, line).Visits {
			want := VisitRow{Key: m.Row(two[i].Day + metrics.ConversionReach), Person: 1, Day: two[i].Day, Start: two[i].Start, Portal: two[i].Portal}
			if i == test.want {
				want.Orders, want.Gross, want.Net, want.Converted, want.Kept = 1, 500, 500, true, true
			}
			if i == 0 {
				within := test.paid >= start && test.paid <= start+Window
				want.FirstOfDay, want.UserConverted, want.UserKept = true, within, within
			}
			if diff := gocmp.Diff(want, v); diff != "" {
				t.Errorf("paid %s: visit %d (-want +got):\n%s", test.name, i, diff)
			}
		}
	}
}

func TestForeignMoneyConvertsWithoutBeingCounted(t *testing.T) {
	m := merchant(t)
	line := &metrics.Timeline{
		Person: 1, Visits: []metrics.Visit{visit(m, start, sevenday.PortalScan)},
		Orders: []metrics.Order{{DecidedAt: start, Currency: "EUR", Amount: 700}, {DecidedAt: start, Currency: "CNY", Amount: 0}, {DecidedAt: start, Currency: "CNY", Amount: 300, Refunded: 100}},
	}
	got := fold(m, line, &metrics.Timeline{Person: sevenday.Nobody, Orders: line.Orders})
	all := Sums{Key: m.Row(line.Visits[0].Day + metrics.ConversionReach), Day: line.Visits[0].Day, Visits: 1, Converted: 1, Kept: 1, Gross: 300, Net: 200, Users: 1, VV: 1, VC: 1, CC: 1, VK: 1, KK: 1, Visitors: 1, VisitorsConverted: 1, VisitorsKept: 1}
	scan := all
	scan.ByPortal, scan.Portal = true, sevenday.PortalScan
	if diff := gocmp.Diff([]Sums{all, scan}, got.Sums); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// randomLine draws visits and orders at instants that meet the window's ends.
func randomLine(t *rapid.T, m *metrics.Merchant, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Person: person}
	steps := []sevenday.Millis{0, 1, minute, Window / 2, Window - 1, Window, Window + 1}
	at := start
	for range rapid.IntRange(0, 10).Draw(t, "events") {
		at += rapid.SampledFrom(steps).Draw(t, "step")
		if rapid.Bool().Draw(t, "visit") {
			line.Visits = append(line.Visits, visit(m, at, sevenday.Portal(rapid.IntRange(1, 3).Draw(t, "portal"))))
			continue
		}
		line.Orders = append(line.Orders, randomOrder(t, at, len(line.Orders)))
	}
	return line
}

func randomOrder(t *rapid.T, at sevenday.Millis, number int) metrics.Order {
	amount := sevenday.Money(rapid.IntRange(0, 50).Draw(t, "amount"))
	order := metrics.Order{
		TransactionID: fmt.Sprint(number), PaidAt: at,
		DecidedAt: at - rapid.SampledFrom([]sevenday.Millis{0, 0, minute, Window}).Draw(t, "before"),
		Currency:  rapid.SampledFrom([]string{"CNY", "CNY", "EUR"}).Draw(t, "currency"),
		Method:    sevenday.Method(rapid.IntRange(1, 3).Draw(t, "method")),
		Amount:    amount, Refunded: amount / 3,
	}
	if rapid.Bool().Draw(t, "wholly refunded") {
		order.Refunded = amount
		order.RefundedAt = at + rapid.SampledFrom([]sevenday.Millis{0, RefundHorizon, RefundHorizon + 1}).Draw(t, "refunded after")
	}
	return order
}

// naiveSums counts one person's visits cell by cell, searching every visit for every order.
func naiveSums(line *metrics.Timeline, currency string, in func(metrics.Visit) bool) Sums {
	var s Sums
	for i, v := range line.Visits {
		if !in(v) {
			continue
		}
		s.Visits++
		converted, kept := false, false
		first, paid, paidKept := i == 0 || line.Visits[i-1].Day != v.Day, false, false
		for _, o := range line.Orders {
			remains := o.Amount == 0 || o.Refunded < o.Amount || o.RefundedAt > o.PaidAt+RefundHorizon
			within := o.DecidedAt >= v.Start && o.DecidedAt <= v.Start+Window
			paid, paidKept = paid || within, paidKept || within && remains
			if naiveVisit(line.Visits, o) != i || !within {
				continue
			}
			converted, kept = true, kept || remains
			if o.Currency == currency {
				s.Gross += o.Amount
				s.Net += o.Amount - o.Refunded
			}
		}
		s.Converted += one(converted)
		s.Kept += one(kept)
		s.Visitors += one(first)
		s.VisitorsConverted += one(first && paid)
		s.VisitorsKept += one(first && paidKept)
	}
	if s.Visits > 0 {
		s.Users, s.VV, s.VC, s.CC = 1, s.Visits*s.Visits, s.Visits*s.Converted, s.Converted*s.Converted
		s.VK, s.KK = s.Visits*s.Kept, s.Kept*s.Kept
	}
	return s
}

// naiveVisit returns the last visit that starts at or before the order's decision.
func naiveVisit(visits []metrics.Visit, o metrics.Order) int {
	latest := -1
	for i, v := range visits {
		if v.Start <= o.DecidedAt {
			latest = i
		}
	}
	return latest
}

// add adds the counts and sums of one row to another's.
func add(a, b Sums) Sums {
	into, from := reflect.ValueOf(&a).Elem(), reflect.ValueOf(b)
	for i := range into.NumField() {
		switch field := into.Field(i); field.Interface().(type) {
		case uint64:
			field.SetUint(field.Uint() + from.Field(i).Uint())
		case sevenday.Money:
			field.SetInt(field.Int() + from.Field(i).Int())
		}
	}
	return a
}

func TestTheFoldCountsWhatANaiveReadingCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2)}
		got := fold(m, lines...)
		cells := map[Sums]bool{} // keys only
		visits, orders := uint64(0), 0
		for _, s := range got.Sums {
			want := Sums{Key: s.Key, Day: s.Day, ByPortal: s.ByPortal, Portal: s.Portal}
			cells[want] = true
			for _, line := range lines {
				want = add(want, naiveSums(line, m.Currency, func(v metrics.Visit) bool {
					return v.Day == s.Day && (!s.ByPortal || v.Portal == s.Portal)
				}))
			}
			if diff := gocmp.Diff(want, s); diff != "" {
				t.Fatalf("(-naive +fold):\n%s", diff)
			}
			if !s.ByPortal {
				visits += s.Visits
			}
		}
		if len(cells) != len(got.Sums) || int(visits) != len(lines[0].Visits)+len(lines[1].Visits) {
			t.Fatalf("%d rows of %d cells with %d visits", len(got.Sums), len(cells), visits)
		}
		for _, v := range got.Visits {
			orders += int(v.Orders)
		}
		if orders > len(lines[0].Orders)+len(lines[1].Orders) {
			t.Fatalf("%d orders are credited, more than there are", orders)
		}
	})
}
