package sales

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

func randomLine(t *rapid.T, m *metrics.Merchant, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Merchant: m, Person: person}
	at := start
	for range rapid.IntRange(0, 12).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, hour, day - 1, day, 4 * day, 9 * day}).Draw(t, "gap")
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: sevenday.ActionRegister})
		case 1, 2:
			line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: sevenday.ActionVisit, Session: uint64(rapid.IntRange(0, 1).Draw(t, "session"))})
		default:
			line.Orders = append(line.Orders, randomOrder(t, at))
		}
	}
	if person != sevenday.Nobody {
		line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	}
	return line
}

func randomOrder(t *rapid.T, at sevenday.Millis) metrics.Order {
	o := metrics.Order{
		PaidAt: at, Currency: rapid.SampledFrom([]string{"CNY", "EUR"}).Draw(t, "currency"),
		Amount: sevenday.Money(rapid.IntRange(0, 1000).Draw(t, "amount")), StoredValue: 3,
		Method: sevenday.Method(rapid.IntRange(1, 8).Draw(t, "method")), Excess: sevenday.Money(rapid.IntRange(0, 1).Draw(t, "excess")),
	}
	for range rapid.IntRange(0, 2).Draw(t, "refunds") {
		refund := metrics.Refunded{Time: at + rapid.SampledFrom([]sevenday.Millis{0, day, 60 * day}).Draw(t, "later"), Amount: o.Amount / 3}
		o.Refunded += refund.Amount
		o.Refunds = append(o.Refunds, refund)
	}
	return o
}

func randomLines(t *rapid.T, m *metrics.Merchant) []*metrics.Timeline {
	lines := make([]*metrics.Timeline, 4)
	for i := range lines {
		lines[i] = randomLine(t, m, sevenday.Person(i)) // the first is Nobody
	}
	return lines
}

// naive adds up orders by looking at each day by itself.
func naive(m *metrics.Merchant, lines []*metrics.Timeline) map[sevenday.Day]MerchantDay {
	days := map[sevenday.Day]MerchantDay{}
	for _, line := range lines {
		register, seen := sevenday.Day(1<<20), sevenday.Day(1<<20)
		for _, e := range line.Entries {
			if on := m.Calendar.Day(e.Time); e.Action == sevenday.ActionRegister {
				register = min(register, on)
			} else {
				seen = min(seen, on)
			}
		}
		bought := map[sevenday.Day]bool{}
		for _, o := range line.Orders {
			on := m.Calendar.Day(o.PaidAt)
			fresh := line.Person != 0 && on == m.Calendar.Day(line.Orders[0].PaidAt) && register >= min(seen, on)
			d := days[on]
			d.Orders++
			if line.Person != 0 && !bought[on] {
				bought[on] = true
				d.Buyers++
				d.NewBuyers += one(fresh)
			}
			if o.Currency != m.Currency {
				d.ForeignOrders++
			} else {
				d.Gross, d.Refunds, d.StoredValue, d.Excess = d.Gross+o.Amount, d.Refunds+o.Refunded, d.StoredValue+o.StoredValue, d.Excess+o.Excess
				d.ExcessOrders += uint64(o.Excess)
				if o.Method == sevenday.MethodInstallments {
					d.Installments += o.Amount
				}
				if line.Person == 0 {
					d.NobodyNet += o.Net()
				} else if fresh {
					d.NewNet += o.Net()
				}
			}
			days[on] = d
		}
	}
	return days
}

func TestDaysAddUpToTheOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := randomLines(t, m)
		got, want, days := fold(m, lines...), naive(m, lines), 0
		for _, d := range got.Days {
			if d.Orders == 0 {
				continue // of visits only, which have tests of their own
			}
			on := d.Day
			days++
			d.Key, d.Day, d.Entries, d.Visits, d.Visitors, d.NewVisitors, d.Registered = metrics.Key{}, 0, 0, 0, 0, 0, 0
			if diff := gocmp.Diff(want[on], d); diff != "" {
				t.Fatalf("(-naive +fold):\n%s", diff)
			}
		}
		if days != len(want) {
			t.Fatalf("%d days with orders, want %d", days, len(want))
		}
	})
}

// sorted is what a fold made of the spans from m.From on, in an order of its own.
func sorted(f *Fold, from sevenday.Day) *Fold {
	fresh := &Fold{Payments: f.Payments, Refunds: f.Refunds, Days: f.Days}
	fresh.Payments = slices.DeleteFunc(fresh.Payments, func(r PaymentRow) bool { return !r.Fresh(from) })
	fresh.Refunds = slices.DeleteFunc(fresh.Refunds, func(r RefundRow) bool { return !r.Fresh(from) })
	fresh.Days = slices.DeleteFunc(fresh.Days, func(r MerchantDay) bool { return !r.Fresh(from) })
	return fresh
}

func TestAWindowMakesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, m := merchant(t), merchant(t)
		lines := randomLines(t, whole)
		m.From = (m.Calendar.Day(start) + sevenday.Day(rapid.IntRange(0, 60).Draw(t, "from"))).Monday()
		reads := NewFold().Reads(m.From) - rapid.SampledFrom([]sevenday.Day{0, 20}).Draw(t, "more")
		var windows []*metrics.Timeline
		for _, line := range lines {
			if part := window(m, line, reads); part != nil {
				windows = append(windows, part)
			}
		}
		want, got := sorted(fold(whole, lines...), m.From), sorted(fold(m, windows...), m.From)
		if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Fold{})); diff != "" {
			t.Fatalf("from %s (-whole +window):\n%s", m.From, diff)
		}
	})
}
