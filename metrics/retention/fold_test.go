package retention

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// someone is a random person's history, in whole days of Shanghai.
type someone struct {
	visits   map[sevenday.Day]sevenday.Portal // the portal of the day's first visit entry
	payments map[sevenday.Day]bool
	register sevenday.Day // 0: never
}

const (
	firstDay = sevenday.Day(20_000) // 2024-10-04
	lastDay  = firstDay + 120
)

func drawDay(t *rapid.T, name string) sevenday.Day {
	return firstDay + sevenday.Day(rapid.Int32Range(0, int32(lastDay-firstDay)).Draw(t, name))
}

func drawPerson(t *rapid.T) someone {
	p := someone{visits: map[sevenday.Day]sevenday.Portal{}, payments: map[sevenday.Day]bool{}}
	for range rapid.IntRange(0, 14).Draw(t, "visits") {
		p.visits[drawDay(t, "visit")] = sevenday.Portal(rapid.Uint8Range(1, 8).Draw(t, "portal"))
	}
	for range rapid.IntRange(0, 8).Draw(t, "payments") {
		p.payments[drawDay(t, "payment")] = true
	}
	if rapid.Bool().Draw(t, "registered") {
		p.register = drawDay(t, "register")
	}
	return p
}

func drawPeople(t *rapid.T) []someone {
	return rapid.SliceOfN(rapid.Custom(drawPerson), 1, 4).Draw(t, "people")
}

func newMerchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// timeline writes the history from a day on down as events.
func (p someone) timeline(m *metrics.Merchant, number int, from sevenday.Day) *metrics.Timeline {
	noon := func(day sevenday.Day) sevenday.Millis { return m.Calendar.Start(day) + 12*3600*1000 }
	line := &metrics.Timeline{Merchant: m, Person: sevenday.Person(number + 1)}
	for day, portal := range p.visits {
		if day >= from {
			line.Entries = append(line.Entries,
				metrics.Entry{Time: noon(day), Action: sevenday.ActionVisit, Portal: portal},
				metrics.Entry{Time: noon(day) + 7200_000, Action: sevenday.ActionVisit, Portal: sevenday.PortalOther})
		}
	}
	if p.register != 0 && p.register >= from {
		line.Entries = append(line.Entries, metrics.Entry{Time: noon(p.register) - 1, Action: sevenday.ActionRegister})
	}
	slices.SortFunc(line.Entries, func(a, b metrics.Entry) int { return cmp.Compare(a.Time, b.Time) })
	for day := range p.payments {
		if day >= from {
			line.Orders = append(line.Orders, metrics.Order{PaidAt: noon(day) + 1, Currency: "CNY"})
		}
	}
	slices.SortFunc(line.Orders, func(a, b metrics.Order) int { return cmp.Compare(a.PaidAt, b.PaidAt) })
	return line
}

// active lists the active days, ascending.
func (p someone) active(activity Activity) []sevenday.Day {
	if activity == ActivityVisit {
		return slices.Sorted(maps.Keys(p.visits))
	}
	return slices.Sorted(maps.Keys(p.payments))
}

func (p someone) in(period Period, activity Activity, index int32) bool {
	for day, last := period.First(index), period.Last(index); day <= last; day++ {
		if _, visited := p.visits[day]; visited && activity == ActivityVisit || p.payments[day] && activity == ActivityPaying {
			return true
		}
	}
	return false
}

// known is the register rule in its own words.
func (p someone) known(activity Activity) bool {
	seen := p.active(activity)
	if activity == ActivityPaying {
		seen = append(seen, p.active(ActivityVisit)...)
	}
	return p.register != 0 && len(seen) > 0 && p.register < slices.Min(seen)
}

// member tells whether the person is in the cohort of a period.
func (p someone) member(s *Sums, index int32) bool {
	days := p.active(s.Activity)
	switch {
	case !p.in(s.Period, s.Activity, index):
		return false
	case s.Cohort == CohortNew && (s.Period.Index(days[0]) != index || p.known(s.Activity)):
		return false
	}
	return s.By == "" || p.portal(s.Period, s.Cohort, s.Activity, index).String() == s.Value
}

// portal is the portal that a member of a cohort is broken down by.
func (p someone) portal(period Period, cohort Cohort, activity Activity, index int32) sevenday.Portal {
	visits := p.active(ActivityVisit)
	if cohort == CohortNew {
		if len(visits) == 0 || period.Index(visits[0]) > index {
			return sevenday.PortalNone
		}
		return p.visits[visits[0]]
	}
	for _, day := range p.active(activity) {
		if period.Index(day) == index {
			return p.visits[day]
		}
	}
	return sevenday.PortalNone
}

// naive counts the returns of a row by going through everybody, period by period.
func naive(people []someone, s Sums) Sums {
	var back, first [MaxN + 1]uint32
	index := s.Period.Index(s.Day)
	for _, p := range people {
		if !p.in(s.Period, s.Activity, index) {
			continue
		}
		for n := int32(0); n <= MaxN; n++ {
			if !p.in(s.Period, s.Activity, index-n) || !p.member(&s, index-n) {
				continue
			}
			back[n]++
			between := false
			for i := index - n + 1; i < index; i++ {
				between = between || p.in(s.Period, s.Activity, i)
			}
			if n > 0 && !between {
				first[n]++
			}
		}
	}
	s.Back, s.First = cut(back[:]), cut(first[:])
	return s
}

// naiveRows makes every row by the naive way.
func naiveRows(people []someone) []Sums {
	var rows []Sums
	breakdowns := [][2]string{{"", ""}, {ByPortal, ""}}
	for _, name := range sevenday.PortalNames() {
		breakdowns = append(breakdowns, [2]string{ByPortal, name})
	}
	for _, period := range metrics.Periods {
		for _, cohort := range cohorts {
			for _, activity := range activities {
				for _, b := range breakdowns {
					for index := period.Index(firstDay); index <= period.Index(lastDay); index++ {
						row := naive(people, Sums{Period: period, Cohort: cohort, Activity: activity, By: b[0], Value: b[1], Day: period.First(index)})
						if len(row.Back) > 0 {
							rows = append(rows, row)
						}
					}
				}
			}
		}
	}
	return rows
}

func sorted(rows []Sums) []Sums {
	slices.SortFunc(rows, func(a, b Sums) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.Activity, b.Activity),
			cmp.Compare(a.By, b.By), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Day, b.Day))
	})
	return rows
}

// sameNothing takes an array without numbers for one that does not exist.
var sameNothing = cmpopts.EquateEmpty()

func TestTheFoldEqualsCountingPersonByPerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := drawPeople(t)
		m, fold := newMerchant(t), NewFold()
		for i, p := range people {
			fold.Person(p.timeline(m, i, 0))
		}
		fold.Merchant(m)
		got := make([]Sums, len(fold.Rows))
		for i, row := range fold.Rows {
			got[i] = row.Sums
			if last := row.Period.Last(row.Period.Index(row.Day)); row.Key != m.Row(last) {
				t.Fatalf("the row of %s %s has key %+v, want that of %s", row.Period, row.Day, row.Key, last)
			}
		}
		if diff := gocmp.Diff(sorted(naiveRows(people)), sorted(got), sameNothing); diff != "" {
			t.Fatalf("(-naive +fold):\n%s", diff)
		}
	})
}

// before is what a run keeps of the person's days before a Monday.
func (p someone) before(from sevenday.Day) metrics.Known {
	known := metrics.Known{}
	known.FirstVisit, known.LastVisit = p.ends(ActivityVisit, from)
	known.FirstPaying, known.LastPaying = p.ends(ActivityPaying, from)
	if p.register < from {
		known.Register = p.register
	}
	if known.FirstVisit != 0 {
		known.Portal = p.visits[known.FirstVisit]
	}
	known.VisitWeeks, known.VisitMonths = p.trail(PeriodWeek, ActivityVisit, from), p.trail(PeriodMonth, ActivityVisit, from)
	known.PayingWeeks, known.PayingMonths = p.trail(PeriodWeek, ActivityPaying, from), p.trail(PeriodMonth, ActivityPaying, from)
	return known
}

// ends are the first and the last active day before a day, 0 without any.
func (p someone) ends(activity Activity, from sevenday.Day) (first, last sevenday.Day) {
	for _, day := range p.active(activity) {
		if day >= from {
			break
		}
		first, last = cmp.Or(first, day), day
	}
	return first, last
}

func (p someone) trail(period Period, activity Activity, from sevenday.Day) []metrics.ActivePeriod {
	var trail []metrics.ActivePeriod
	for _, day := range p.active(activity) {
		index := period.Index(day)
		if n := len(trail); index < period.Index(from) && (n == 0 || trail[n-1].Index != index) {
			trail = append(trail, metrics.ActivePeriod{Index: index, Portal: p.visits[day]})
		}
	}
	return trail
}

func drawMonday(t *rapid.T) sevenday.Day {
	return (drawDay(t, "from") + 14).Monday()
}

func TestAWindowGivesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, from := drawPeople(t), drawMonday(t)
		whole, window, fold := newMerchant(t), newMerchant(t), NewFold()
		window.From = from
		for i, p := range people {
			fold.Person(p.timeline(whole, i, 0))
		}
		fold.Merchant(whole)
		want := fresh(fold.Rows, from)
		fold.Rows = nil
		for i, p := range people {
			if line := p.timeline(window, i, fold.Reads(from)); len(line.Entries)+len(line.Orders) > 0 {
				line.Known = p.before(from)
				fold.Person(line)
			}
		}
		fold.Merchant(window)
		if diff := gocmp.Diff(want, fresh(fold.Rows, from), sameNothing); diff != "" {
			t.Fatalf("from %s (-whole +window):\n%s", from, diff)
		}
	})
}

func fresh(rows []MerchantSums, from sevenday.Day) []Sums {
	var kept []Sums
	for i := range rows {
		if rows[i].Fresh(from) {
			kept = append(kept, rows[i].Sums)
		}
	}
	return sorted(kept)
}

func TestManyMembersOfOneCohortAreAllCounted(t *testing.T) {
	m, fold := newMerchant(t), NewFold()
	p := someone{visits: map[sevenday.Day]sevenday.Portal{firstDay: 1, firstDay + 3: 2, firstDay + 30: 3}}
	for i := range 1000 { // far beyond what a lane of a byte holds
		fold.Person(p.timeline(m, i, 0))
	}
	fold.Merchant(m)
	for _, row := range fold.Rows {
		want := naive([]someone{p}, row.Sums)
		for n := range want.Back {
			want.Back[n] *= 1000
		}
		for n := range want.First {
			want.First[n] *= 1000
		}
		if diff := gocmp.Diff(want, row.Sums); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
