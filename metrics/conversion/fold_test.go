package conversion

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
	slices.SortFunc(f.Sums, func(a, b Sums) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(b2i(a.ByPortal), b2i(b.ByPortal)), cmp.Compare(a.Portal, b.Portal))
	})
	return f
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
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
				want.Orders, want.Gross, want.Net, want.Converted = 1, 500, 500, true
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
	all := Sums{Key: m.Row(line.Visits[0].Day + metrics.ConversionReach), Day: line.Visits[0].Day, Visits: 1, Converted: 1, Gross: 300, Net: 200, Users: 1, VV: 1, VC: 1, CC: 1}
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
		amount := sevenday.Money(rapid.IntRange(0, 50).Draw(t, "amount"))
		line.Orders = append(line.Orders, metrics.Order{
			DecidedAt: at - rapid.SampledFrom([]sevenday.Millis{0, 0, minute, Window}).Draw(t, "before"),
			Currency:  rapid.SampledFrom([]string{"CNY", "CNY", "EUR"}).Draw(t, "currency"),
			Amount:    amount, Refunded: amount / 3,
		})
	}
	return line
}

// naiveSums counts one person's visits cell by cell, searching every visit for every order.
func naiveSums(line *metrics.Timeline, currency string, in func(metrics.Visit) bool) Sums {
	var s Sums
	for i, v := range line.Visits {
		if !in(v) {
			continue
		}
		s.Visits++
		converted := false
		for _, o := range line.Orders {
			latest := -1
			for j, other := range line.Visits {
				if other.Start <= o.DecidedAt {
					latest = j
				}
			}
			if latest != i || o.DecidedAt > v.Start+Window {
				continue
			}
			converted = true
			if o.Currency == currency {
				s.Gross += o.Amount
				s.Net += o.Amount - o.Refunded
			}
		}
		s.Converted += uint64(b2i(converted))
	}
	if s.Visits > 0 {
		s.Users, s.VV, s.VC, s.CC = 1, s.Visits*s.Visits, s.Visits*s.Converted, s.Converted*s.Converted
	}
	return s
}

func add(a, b Sums) Sums {
	return Sums{
		Key: a.Key, Day: a.Day, ByPortal: a.ByPortal, Portal: a.Portal,
		Visits: a.Visits + b.Visits, Converted: a.Converted + b.Converted, Gross: a.Gross + b.Gross, Net: a.Net + b.Net,
		Users: a.Users + b.Users, VV: a.VV + b.VV, VC: a.VC + b.VC, CC: a.CC + b.CC,
	}
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
