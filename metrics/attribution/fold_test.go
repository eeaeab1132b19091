package attribution

import (
	"cmp"
	"slices"
	"strconv"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone, at the end of a month.
const start sevenday.Millis = 1_790_611_200_000 // 2026-09-29 00:00 in Asia/Shanghai

const day = 24 * hour

func merchant(t rapid.TB) *metrics.Merchant {
	t.Helper()
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func visit(m *metrics.Merchant, at sevenday.Millis, portal sevenday.Portal) metrics.Visit {
	return metrics.Visit{Start: start + at, Day: m.Calendar.Day(start + at), Portal: portal}
}

func order(m *metrics.Merchant, at sevenday.Millis, amount sevenday.Money) metrics.Order {
	return metrics.Order{TransactionID: "t", PaidAt: start + at, DecidedAt: start + at, Currency: m.Currency, Amount: amount}
}

// result is all that a fold made, in order.
type result struct {
	Touches     []TouchRow
	Sums        []SumRow
	Paths       []PathRow
	Transitions []TransitionRow
}

func fold(m *metrics.Merchant, lines ...*metrics.Timeline) result {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	r := result{f.Touches, f.Sums, f.Paths, f.Transitions}
	r.sort()
	return r
}

func (r *result) sort() {
	slices.SortFunc(r.Touches, func(a, b TouchRow) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.PaidAt, b.PaidAt), cmp.Compare(a.Person, b.Person),
			cmp.Compare(a.TransactionID, b.TransactionID), cmp.Compare(a.Place, b.Place))
	})
	slices.SortFunc(r.Sums, func(a, b SumRow) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Channel, b.Channel)) })
	slices.SortFunc(r.Paths, func(a, b PathRow) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Last, b.Last))
	})
	slices.SortFunc(r.Transitions, func(a, b TransitionRow) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
}

func TestAVisitTouchesAPaymentUpToOneLookbackLater(t *testing.T) {
	m := merchant(t)
	for _, test := range []struct {
		name  string
		after sevenday.Millis
		want  Channel
	}{
		{"at the same instant", 0, Channel(sevenday.PortalScan)},
		{"seven days later", Lookback, Channel(sevenday.PortalScan)},
		{"a millisecond later still", Lookback + 1, Direct},
		{"before the visit", -1, Direct},
	} {
		line := &metrics.Timeline{Person: 1, Visits: []metrics.Visit{visit(m, 0, sevenday.PortalScan)}, Orders: []metrics.Order{order(m, test.after, 100)}}
		got := fold(m, line)
		if len(got.Touches) != 1 || got.Touches[0].Channel != test.want || got.Touches[0].LastTouch != 100 {
			t.Errorf("a payment %s is credited to %+v, want %v", test.name, got.Touches, test.want)
		}
	}
}

func TestAPaymentStandsOnItsOwnDayWithThePathOfItsDecision(t *testing.T) {
	m := merchant(t)
	o := order(m, 20*day, 100)
	o.DecidedAt = start + hour
	line := &metrics.Timeline{Person: 1, Visits: []metrics.Visit{visit(m, 0, sevenday.PortalScan), visit(m, 19*day, sevenday.PortalSearch)}, Orders: []metrics.Order{o}}
	got := fold(m, line)
	if len(got.Sums) != 1 || got.Sums[0].Channel != Channel(sevenday.PortalScan) || got.Sums[0].Day != m.Calendar.Day(o.PaidAt) {
		t.Errorf("credited are %+v, want scan on the day of the payment", got.Sums)
	}
}

func TestRefundsTakeCreditBack(t *testing.T) {
	m := merchant(t)
	o := order(m, hour, 100)
	visits := []metrics.Visit{visit(m, 0, sevenday.PortalScan), visit(m, 1, sevenday.PortalSearch), visit(m, 2, sevenday.PortalNone)}
	for refunded, want := range map[sevenday.Money][]sevenday.Money{0: {34, 33, 33}, 1: {33, 33, 33}, 98: {1, 1, 0}, 100: {0, 0, 0}} {
		o.Refunded = refunded
		got := fold(m, &metrics.Timeline{Person: 1, Visits: visits, Orders: []metrics.Order{o}})
		for i, row := range got.Touches {
			if row.Linear != want[i] || row.LinearWeight < Unit/3 || row.Net != 100-refunded {
				t.Errorf("%d refunded: portal %v has %d of %d, want %d", refunded, row.Channel, row.Linear, row.Net, want[i])
			}
		}
	}
}

func TestMoneyOfAnotherCurrencyIsInNoSum(t *testing.T) {
	m := merchant(t)
	o := order(m, 0, 100)
	o.Currency = "EUR"
	got := fold(m, &metrics.Timeline{Person: 1, Orders: []metrics.Order{o, order(m, 1, 7)}})
	if got.Touches[0].Linear != 100 || got.Sums[0].LinearWeight != 2*Unit || got.Sums[0].Linear != 7 || got.Paths[0].Net != 7 || got.Paths[0].Orders != 2 {
		t.Errorf("got %+v", got)
	}
}

// transitions counts as "month source>target".
type transition struct {
	month    string
	from, to int
}

func transitionsOf(rows []TransitionRow) map[transition]uint64 {
	counts := map[transition]uint64{}
	for _, row := range rows {
		counts[transition{row.Month.String(), int(row.Source), int(row.Target)}] = row.Transitions
	}
	return counts
}

func TestAPathEndsAtAPaymentOrOneLookbackAfterItsLastTouch(t *testing.T) {
	m := merchant(t)
	line := &metrics.Timeline{Person: 1, Visits: []metrics.Visit{
		visit(m, 0, 1), visit(m, day, 2), // September 29 and 30, paid on October 1
		visit(m, 3*day, 3), visit(m, 10*day, 4), // exactly one lookback apart: one path
		visit(m, 17*day+1, 5), // a millisecond more: a new one
	}, Orders: []metrics.Order{order(m, 2*day, 1), order(m, 2*day+1, 1), order(m, 24*day+1, 1)}}
	want := map[transition]uint64{
		{"2026-09-01", Start, 1}: 1, {"2026-09-01", 1, 2}: 1, {"2026-09-01", 2, Conversion}: 1,
		{"2026-10-01", Start, 3}: 1, {"2026-10-01", 3, 4}: 1, {"2026-10-01", 4, Null}: 1,
		{"2026-10-01", Start, 5}: 1, {"2026-10-01", 5, Conversion}: 1,
	}
	if diff := gocmp.Diff(want, transitionsOf(fold(m, line).Transitions), gocmp.AllowUnexported(transition{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// steps are a few distances between events, so that the ends of windows are met.
var steps = []sevenday.Millis{0, 1, hour, 20 * 60 * 1000, 2 * day, Lookback - 1, Lookback, Lookback + 1, 12 * day}

// randomLine is a person's events over some months, with the visits cut.
func randomLine(t *rapid.T, m *metrics.Merchant, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Merchant: m, Person: person}
	at := start - 40*day
	for range rapid.IntRange(0, 30).Draw(t, "events") {
		at += rapid.SampledFrom(steps).Draw(t, "step")
		if rapid.IntRange(0, 2).Draw(t, "kind") > 0 {
			line.Entries = append(line.Entries, metrics.Entry{
				Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(rapid.IntRange(0, 4).Draw(t, "portal")),
				Session: rapid.Uint64Range(0, 2).Draw(t, "session"),
			})
			continue
		}
		o := metrics.Order{TransactionID: strconv.Itoa(len(line.Orders)), PaidAt: at, DecidedAt: at, Currency: m.Currency, Amount: sevenday.Money(rapid.IntRange(0, 1000).Draw(t, "amount"))}
		o.Refunded = rapid.SampledFrom([]sevenday.Money{0, 0, o.Amount / 3, o.Amount}).Draw(t, "refunded")
		o.DecidedAt -= rapid.SampledFrom([]sevenday.Millis{0, 0, hour, 30 * day}).Draw(t, "settled")
		line.Orders = append(line.Orders, o)
	}
	if person != sevenday.Nobody {
		line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	}
	return line
}

// naiveCredits gives each rule's credit of a payment to channels, from a list of
// its touches.
func naiveCredits(line *metrics.Timeline, o *metrics.Order) map[Channel]*Given {
	p := new(Path)
	for _, v := range line.Visits {
		if age := o.DecidedAt - v.Start; age >= 0 && age <= Lookback {
			p.Touch(channelOf(v.Portal), age)
		}
	}
	given := map[Channel]*Given{}
	for _, channel := range p.Portals() {
		given[channel] = new(Given)
	}
	var c Credits
	c.credit(p, o.Net())
	for slot, channel := range p.Portals() {
		*given[channel] = c.given(slot)
	}
	return given
}

func TestTheSumsOfADayAreThoseOfItsPayments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2), randomLine(t, m, sevenday.Nobody)}
		type cell struct {
			day     sevenday.Day
			channel Channel
		}
		want, net := map[cell]*Given{}, map[sevenday.Day]sevenday.Money{}
		for _, line := range lines {
			for i := range line.Orders {
				paidOn := m.Calendar.Day(line.Orders[i].PaidAt)
				net[paidOn] += line.Orders[i].Net()
				for channel, given := range naiveCredits(line, &line.Orders[i]) {
					if want[cell{paidOn, channel}] == nil {
						want[cell{paidOn, channel}] = new(Given)
					}
					want[cell{paidOn, channel}].add(given, true)
				}
			}
		}
		got := fold(m, lines...)
		if len(got.Sums) != len(want) {
			t.Fatalf("%d sums, want %d", len(got.Sums), len(want))
		}
		for _, sum := range got.Sums {
			if diff := gocmp.Diff(*want[cell{sum.Day, sum.Channel}], sum.Given); diff != "" {
				t.Fatalf("%v %v (-naive +fold):\n%s", sum.Day, sum.Channel, diff)
			}
			net[sum.Day] -= sum.TimeDecay
		}
		for _, sum := range got.Paths {
			net[sum.Day] += sum.Net
		}
		for _, row := range got.Touches {
			net[row.Day] -= row.Position
		}
		for day, left := range net {
			if left != 0 {
				t.Fatalf("the credits of %v miss its net sales by %v", day, left)
			}
		}
	})
}

// naiveTransitions walks through visits and payments in order, remembering where
// the path at hand is.
func naiveTransitions(m *metrics.Merchant, lines []*metrics.Timeline) map[transition]uint64 {
	counts := map[transition]uint64{}
	for _, line := range lines {
		var at *metrics.Visit
		leave := func(now sevenday.Millis, to int) {
			if at != nil && now-at.Start > Lookback {
				to = Null
			}
			if at != nil {
				counts[transition{at.Day.FirstOfMonth().String(), int(channelOf(at.Portal)), to}]++
			}
			if at == nil || to == Null {
				at = nil
			}
		}
		payments := slices.Clone(line.Orders)
		slices.SortFunc(payments, func(a, b metrics.Order) int { return cmp.Compare(a.DecidedAt, b.DecidedAt) })
		pay := func(before sevenday.Millis) {
			for len(payments) > 0 && payments[0].DecidedAt < before {
				leave(payments[0].DecidedAt, Conversion)
				at, payments = nil, payments[1:]
			}
		}
		for i := range line.Visits {
			v := &line.Visits[i]
			pay(v.Start)
			leave(v.Start, int(channelOf(v.Portal)))
			if at == nil {
				counts[transition{v.Day.FirstOfMonth().String(), Start, int(channelOf(v.Portal))}]++
			}
			at = v
		}
		pay(1 << 60)
		leave(1<<60, Null)
	}
	return counts
}

func TestTransitionsAreThoseOfANaiveWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2), randomLine(t, m, sevenday.Nobody)}
		if diff := gocmp.Diff(naiveTransitions(m, lines), transitionsOf(fold(m, lines...).Transitions), gocmp.AllowUnexported(transition{})); diff != "" {
			t.Fatalf("(-naive +fold):\n%s", diff)
		}
	})
}
