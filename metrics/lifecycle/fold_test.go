package lifecycle

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

const (
	hour      sevenday.Millis = 60 * 60 * 1000
	day                       = 24 * hour
	sevenDays                 = 7 * day
)

// monday is the first day of most histories here.
var monday = sevenday.Date(2026, time.March, 2)

type fataler interface{ Fatal(...any) }

func merchant(t fataler, from sevenday.Day) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	m.From = from
	return m
}

// noon returns the instants at noon of days after monday.
func noon(m *metrics.Merchant, days ...int) []sevenday.Millis {
	var list []sevenday.Millis
	for _, n := range days {
		list = append(list, m.Calendar.Start(monday+sevenday.Day(n))+12*hour)
	}
	return list
}

func visits(portal sevenday.Portal, at ...sevenday.Millis) []metrics.Entry {
	var list []metrics.Entry
	for _, t := range at {
		list = append(list, metrics.Entry{Time: t, Action: sevenday.ActionVisit, Portal: portal})
	}
	return list
}

func orders(at ...sevenday.Millis) []metrics.Order {
	var list []metrics.Order
	for _, t := range at {
		list = append(list, metrics.Order{PaidAt: t, DecidedAt: t, Currency: sevenday.DefaultCurrency})
	}
	return list
}

func fold(m *metrics.Merchant, lines ...*metrics.Timeline) []Sums {
	f := NewFold()
	for _, line := range lines {
		if line != nil {
			line.Merchant = m
			f.Person(line)
		}
	}
	f.Merchant(m)
	slices.SortFunc(f.Sums, func(a, b Sums) int {
		return cmp.Or(cmp.Compare(a.Activity, b.Activity), cmp.Compare(a.Week, b.Week), cmp.Compare(a.Portal, b.Portal))
	})
	return f.Sums
}

// flows are the rows of one activity, by week after monday and portal.
type flows map[int]map[sevenday.Portal]Flows

func flowsOf(sums []Sums, activity Activity) flows {
	found := flows{}
	for _, s := range sums {
		if s.Activity != activity {
			continue
		}
		n := int(s.Week-monday) / 7
		if found[n] == nil {
			found[n] = map[sevenday.Portal]Flows{}
		}
		found[n][s.Portal] = s.Flows
	}
	return found
}

func TestAUserGoesFromStateToState(t *testing.T) {
	m := merchant(t, metrics.WholeHistory)
	const none, scan = sevenday.PortalNone, sevenday.PortalScan
	register := func(days int) metrics.Entry {
		return metrics.Entry{Time: noon(m, days)[0], Action: sevenday.ActionRegister}
	}
	left := func(f Flows) map[sevenday.Portal]Flows { return map[sevenday.Portal]Flows{none: f} }
	came := func(f Flows) map[sevenday.Portal]Flows { return map[sevenday.Portal]Flows{scan: f} }
	for _, test := range []struct {
		name    string
		entries []metrics.Entry
		want    flows
	}{
		{"one week only", visits(scan, noon(m, 0, 6)...), flows{0: came(Flows{OutsideNew: 1}), 1: left(Flows{NewDormant: 1})}},
		{"Sunday and Monday are two weeks", visits(scan, noon(m, 6, 7)...), flows{
			0: came(Flows{OutsideNew: 1}), 1: came(Flows{NewReturning: 1}), 2: left(Flows{ReturningDormant: 1}),
		}},
		{"three idle weeks", visits(scan, noon(m, 0, 28)...), flows{
			0: came(Flows{OutsideNew: 1}), 1: left(Flows{NewDormant: 1}), 4: came(Flows{DormantReturning: 1}), 5: left(Flows{ReturningDormant: 1}),
		}},
		{"four idle weeks, and the week after", visits(scan, noon(m, 0, 35, 42)...), flows{
			0: came(Flows{OutsideNew: 1}), 1: left(Flows{NewDormant: 1}), 5: came(Flows{DormantResurrected: 1}),
			6: came(Flows{ResurrectedReturning: 1}), 7: left(Flows{ReturningDormant: 1}),
		}},
		{"registered the day before", append([]metrics.Entry{register(1)}, visits(scan, noon(m, 2)...)...), flows{
			0: came(Flows{OutsideReturning: 1}), 1: left(Flows{ReturningDormant: 1}),
		}},
		{"registered the same day", append([]metrics.Entry{register(2)}, visits(scan, noon(m, 2)...)...), flows{
			0: came(Flows{OutsideNew: 1}), 1: left(Flows{NewDormant: 1}),
		}},
		{"registered four idle weeks before", append([]metrics.Entry{register(0)}, visits(scan, noon(m, 35)...)...), flows{
			5: came(Flows{OutsideResurrected: 1}), 6: left(Flows{ResurrectedDormant: 1}),
		}},
		{"registered only", []metrics.Entry{register(0)}, flows{}},
	} {
		sums := fold(m, &metrics.Timeline{Person: 1, Entries: test.entries})
		if diff := gocmp.Diff(test.want, flowsOf(sums, ActivityVisit)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		for _, s := range sums {
			if s.Key != m.Row(s.Week+6) {
				t.Errorf("%s: the row of week %s has the key %+v", test.name, s.Week, s.Key)
			}
		}
	}
	if sums := fold(m, &metrics.Timeline{Person: sevenday.Nobody, Entries: visits(scan, noon(m, 0)...)}); len(sums) != 0 {
		t.Errorf("nobody has a lifecycle: %+v", sums)
	}
}

func TestABuyersPortalIsThatOfThePayingDay(t *testing.T) {
	m := merchant(t, metrics.WholeHistory)
	line := &metrics.Timeline{
		Person: 1, Orders: orders(noon(m, 1, 8)...),
		Entries: append(visits(sevenday.PortalScan, noon(m, 0)...), visits(sevenday.PortalSearch, noon(m, 1)[0]-hour, noon(m, 1)[0]+hour)...),
	}
	want := flows{
		0: {sevenday.PortalSearch: {OutsideNew: 1}}, 1: {sevenday.PortalNone: {NewReturning: 1}},
		2: {sevenday.PortalNone: {ReturningDormant: 1}},
	}
	if diff := gocmp.Diff(want, flowsOf(fold(m, line), ActivityPaying)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// A register between the first visit and the first payment makes no regular.
	line.Entries = slices.Insert(line.Entries, 1, metrics.Entry{Time: noon(m, 0)[0] + 1, Action: sevenday.ActionRegister})
	if got := flowsOf(fold(m, line), ActivityPaying); got[0][sevenday.PortalSearch].OutsideNew != 1 {
		t.Errorf("a visitor who registered and then paid is a new buyer, got %+v", got)
	}
}

// randomLine draws a person with weeks of activity and of idleness.
func randomLine(t *rapid.T, m *metrics.Merchant, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Merchant: m, Person: person}
	at := m.Calendar.Start(monday) + sevenday.Millis(rapid.Int64Range(0, int64(3*sevenDays)).Draw(t, "start"))
	for range rapid.IntRange(1, 12).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, hour, day, 6 * day, sevenDays, 2 * sevenDays, 4 * sevenDays, 5 * sevenDays, 6 * sevenDays}).Draw(t, "step")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: sevenday.ActionRegister})
		case 1, 2:
			line.Orders = append(line.Orders, orders(at)...)
		default:
			line.Entries = append(line.Entries, visits(sevenday.Portal(rapid.IntRange(1, 8).Draw(t, "portal")), at)...)
		}
	}
	line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	return line
}

func randomLines(t *rapid.T, m *metrics.Merchant) []*metrics.Timeline {
	lines := make([]*metrics.Timeline, rapid.IntRange(1, 4).Draw(t, "persons"))
	for i := range lines {
		lines[i] = randomLine(t, m, sevenday.Person(1+i))
	}
	return lines
}

// naive looks at each week of a person by itself.
func naive(m *metrics.Merchant, line *metrics.Timeline, activity Activity) flows {
	active, register, seen := map[int]sevenday.Portal{}, 1<<20, 1<<20 // by week; days after monday
	portals := map[int]sevenday.Portal{}
	for _, e := range line.Entries {
		on := int(m.Calendar.Day(e.Time) - monday)
		if e.Action == sevenday.ActionRegister {
			register = min(register, on)
			continue
		}
		seen = min(seen, on)
		if _, there := portals[on]; !there {
			portals[on] = e.Portal
		}
		if _, there := active[on/7]; !there && activity == ActivityVisit {
			active[on/7] = e.Portal
		}
	}
	for _, o := range line.Orders {
		on := int(m.Calendar.Day(o.PaidAt) - monday)
		if _, there := active[on/7]; !there && activity == ActivityPaying {
			active[on/7], seen = portals[on], min(seen, on)
		}
	}
	found := flows{}
	states := map[int]State{-1: Outside}
	for n, last := 0, -100; n < 200; n++ {
		portal, there := active[n]
		states[n] = naiveState(there, n, last, register, seen, states[n-1])
		if there {
			last = n
		}
		if states[n] != Outside && (states[n-1] != Dormant || there) {
			found[n] = map[sevenday.Portal]Flows{portal: naiveFlow(states[n-1], states[n])}
		}
	}
	return found
}

func naiveState(active bool, n, last, register, seen int, before State) State {
	switch {
	case !active && before == Outside:
		return Outside
	case !active:
		return Dormant
	case before == Outside && register >= seen:
		return New
	case before == Outside:
		last = register / 7
	}
	if n-last > 4 {
		return Resurrected
	}
	return Returning
}

func naiveFlow(from, to State) Flows {
	var f Flows
	*map[[2]State]*uint64{
		{Outside, New}: &f.OutsideNew, {Outside, Returning}: &f.OutsideReturning, {Outside, Resurrected}: &f.OutsideResurrected,
		{New, Returning}: &f.NewReturning, {Returning, Returning}: &f.ReturningReturning, {Resurrected, Returning}: &f.ResurrectedReturning,
		{Dormant, Returning}: &f.DormantReturning, {Dormant, Resurrected}: &f.DormantResurrected,
		{New, Dormant}: &f.NewDormant, {Returning, Dormant}: &f.ReturningDormant, {Resurrected, Dormant}: &f.ResurrectedDormant,
	}[[2]State{from, to}]++
	return f
}

func TestTheFoldCountsWhatANaiveReadingCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t, metrics.WholeHistory)
		line := randomLine(t, m, 1)
		sums := fold(m, line)
		for _, activity := range []Activity{ActivityVisit, ActivityPaying} {
			if diff := gocmp.Diff(naive(m, line, activity), flowsOf(sums, activity)); diff != "" {
				t.Fatalf("%s (-naive +fold):\n%s", activity, diff)
			}
		}
	})
}

func TestAWindowMakesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := merchant(t, metrics.WholeHistory)
		lines := randomLines(t, whole)
		// A batch that begins earlier than this reads the whole history of the person.
		last := monday
		for _, line := range lines {
			for _, e := range line.Entries {
				last = max(last, whole.Calendar.Day(e.Time))
			}
			for _, o := range line.Orders {
				last = max(last, whole.Calendar.Day(o.PaidAt))
			}
		}
		back := rapid.IntRange(-2, 32).Draw(t, "weeks back")
		m := merchant(t, last.Monday()-7*sevenday.Day(back))
		// Other folds may have more read.
		reads := NewFold().Reads(m.From) - sevenday.Day(rapid.IntRange(0, 40).Draw(t, "more"))
		var windows []*metrics.Timeline
		for _, line := range lines {
			windows = append(windows, window(m, line, reads))
		}
		fresh := func(sums []Sums) []Sums {
			return slices.DeleteFunc(sums, func(s Sums) bool { return !s.Fresh(m.From) })
		}
		if diff := gocmp.Diff(fresh(fold(whole, lines...)), fresh(fold(m, windows...)), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("from %s (-whole +window):\n%s", m.From, diff)
		}
	})
}
