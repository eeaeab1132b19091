package retention

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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

const firstDay = sevenday.Day(20_000) // 2024-10-04

func drawPerson(t *rapid.T) someone {
	days := rapid.MapOf(rapid.Int32Range(0, 75), rapid.Uint8Range(1, 8))
	p := someone{visits: map[sevenday.Day]sevenday.Portal{}, payments: map[sevenday.Day]bool{}}
	for day, portal := range days.Draw(t, "visits") {
		p.visits[firstDay+sevenday.Day(day)] = sevenday.Portal(portal)
	}
	for _, day := range rapid.SliceOfN(rapid.Int32Range(0, 75), 0, 12).Draw(t, "payments") {
		p.payments[firstDay+sevenday.Day(day)] = true
	}
	if rapid.Bool().Draw(t, "registered") {
		p.register = firstDay + sevenday.Day(rapid.Int32Range(0, 75).Draw(t, "register"))
	}
	return p
}

// timeline writes the history down as events.
func (p someone) timeline(m *metrics.Merchant, number int) *metrics.Timeline {
	noon := func(day sevenday.Day) sevenday.Millis { return m.Calendar.Start(day) + 12*3600*1000 }
	line := &metrics.Timeline{Merchant: m, Person: sevenday.Person(number + 1)}
	for day, portal := range p.visits {
		line.Entries = append(line.Entries,
			metrics.Entry{Time: noon(day), Action: sevenday.ActionVisit, Portal: portal},
			metrics.Entry{Time: noon(day) + 7200_000, Action: sevenday.ActionVisit, Portal: sevenday.PortalOther})
	}
	if p.register != 0 {
		line.Entries = append(line.Entries, metrics.Entry{Time: noon(p.register) - 1, Action: sevenday.ActionRegister})
	}
	slices.SortFunc(line.Entries, func(a, b metrics.Entry) int { return int(a.Time - b.Time) })
	for day := range p.payments {
		line.Orders = append(line.Orders, metrics.Order{PaidAt: noon(day) + 1, Currency: "CNY"})
	}
	slices.SortFunc(line.Orders, func(a, b metrics.Order) int { return int(a.PaidAt - b.PaidAt) })
	return line
}

func (p someone) active(activity Activity) []sevenday.Day {
	var days []sevenday.Day
	if activity == ActivityVisit {
		for day := range p.visits {
			days = append(days, day)
		}
	} else {
		for day := range p.payments {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}

// known is the register rule in its own words.
func (p someone) known(activity Activity) bool {
	seen := p.active(activity)
	if activity == ActivityPaying {
		seen = append(seen, p.active(ActivityVisit)...)
	}
	return p.register != 0 && len(seen) > 0 && p.register < slices.Min(seen)
}

// naive counts one cell by going through everybody, period by period.
func naive(people []someone, period Period, cohort Cohort, activity Activity, by string, value sevenday.Portal, index int32) (users uint32, returned, within, unbounded [MaxN + 1]uint32) {
	for _, p := range people {
		inPeriod := func(i int32) bool {
			return slices.ContainsFunc(p.active(activity), func(d sevenday.Day) bool { return period.Index(d) == i })
		}
		days := p.active(activity)
		if !inPeriod(index) || (cohort == CohortNew && (period.Index(days[0]) != index || p.known(activity))) {
			continue
		}
		if by == ByPortal && p.portal(period, cohort, activity, index) != value {
			continue
		}
		users++
		for n := int32(0); n <= MaxN; n++ {
			back, later := false, false
			for i := index + 1; i <= index+n; i++ {
				back = back || inPeriod(i)
			}
			for _, d := range days {
				later = later || period.Index(d) >= index+n
			}
			returned[n] += count(inPeriod(index + n))
			within[n] += count(back)
			unbounded[n] += count(later)
		}
	}
	return users, returned, within, unbounded
}

// portal is the portal that a member of a cohort is broken down by.
func (p someone) portal(period Period, cohort Cohort, activity Activity, index int32) sevenday.Portal {
	visits := p.active(ActivityVisit)
	if cohort == CohortNew {
		if len(visits) == 0 {
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

func count(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func TestFoldEqualsCountingPersonByPerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfN(rapid.Custom(drawPerson), 1, 8).Draw(t, "people")
		merchant, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
		if err != nil {
			t.Fatal(err)
		}
		fold := NewFold()
		for i, p := range people {
			fold.Person(p.timeline(merchant, i))
		}
		fold.Merchant(merchant)
		seen := make(map[string]bool)
		for _, row := range fold.Rows {
			portal, _ := sevenday.ParsePortal(row.Value)
			users, returned, within, unbounded := naive(people, row.Period, row.Cohort, row.Activity, row.By, portal, row.Period.Index(row.CohortDay))
			want := MerchantSums{Key: merchant.Row(metrics.Forever), Sums: row.Sums}
			want.Users, want.Returned, want.Within, want.Unbounded = users, returned[:], within[:], unbounded[:]
			if diff := cmp.Diff(want, row); diff != "" {
				t.Fatalf("cell differs (-naive +fold):\n%s", diff)
			}
			seen[fmt.Sprint(row.Period, row.Cohort, row.Activity, row.By, row.Value, row.CohortDay)] = true
		}
		for _, p := range people {
			for _, activity := range []Activity{ActivityVisit, ActivityPaying} {
				for _, day := range p.active(activity) {
					for _, period := range metrics.Periods {
						cell := fmt.Sprint(period, CohortAll, activity, "", "", period.First(period.Index(day)))
						if !seen[cell] {
							t.Fatalf("no cell %s", cell)
						}
					}
				}
			}
		}
	})
}

func TestClustersOfOneMerchantAddUpToItsPooledCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfN(rapid.Custom(drawPerson), 1, 8).Draw(t, "people")
		query := Query{Cohort: CohortAll, Activity: ActivityVisit, Period: rapid.SampledFrom(metrics.Periods[:]).Draw(t, "period"), ToN: 4}
		zone := metrics.LastDays{Closed: firstDay + sevenday.Day(rapid.Int32Range(0, 80).Draw(t, "closed"))}
		clusters := NewUserClusters(query, zone)
		for i, p := range people {
			for _, day := range p.active(ActivityVisit) {
				clusters.Day(UserDay{Person: sevenday.Person(i + 1), Day: day, Portal: p.visits[day]})
			}
		}
		clusters.Finish()
		for n := 0; n <= query.ToN; n++ {
			v, c := 0.0, 0.0
			for index := query.Period.Index(firstDay); index <= query.Period.Index(firstDay+75); index++ {
				if query.Period.Last(index+int32(n)) > zone.Closed {
					continue
				}
				users, returned, _, _ := naive(people, query.Period, CohortAll, ActivityVisit, "", 0, index)
				v += float64(users)
				c += float64(returned[n])
			}
			got := clusters.sums[clusterKey{"", n, DayN}]
			if got.V != v || got.C != c {
				t.Fatalf("n = %d: clusters hold %v of %v, the cells %v of %v", n, got.C, got.V, c, v)
			}
		}
	})
}

func TestACellIsFinalOnlyWhenItsLastDayIsClosed(t *testing.T) {
	day := sevenday.Date(2026, time.November, 2) // a Monday
	f := func(period Period, measure Measure, n int, closed, begun sevenday.Day, want metrics.State) {
		t.Helper()
		q := Query{Period: period}
		if got := q.state(day, measure, n, metrics.LastDays{Closed: closed, Begun: begun}); got != want {
			t.Errorf("%s %s n=%d with days closed to %s, begun to %s is %s, want %s", period, measure, n, closed, begun, got, want)
		}
	}
	f(PeriodDay, DayN, 7, day+7, day+8, metrics.Final)
	f(PeriodDay, DayN, 7, day+6, day+7, metrics.Open)
	f(PeriodDay, DayN, 7, day+5, day+6, metrics.NotDue)
	f(PeriodDay, WithinN, 7, day+5, day+6, metrics.Open)
	f(PeriodDay, WithinN, 7, day-1, day, metrics.NotDue)
	f(PeriodDay, UnboundedN, 7, day+60, day+61, metrics.Open)
	f(PeriodDay, UnboundedN, 7, day+5, day+6, metrics.NotDue)
	f(PeriodWeek, DayN, 1, day+13, day+14, metrics.Final)
	f(PeriodWeek, DayN, 1, day+12, day+13, metrics.Open)
	f(PeriodWeek, DayN, 1, day+5, day+6, metrics.NotDue)
	f(PeriodMonth, DayN, 0, sevenday.Date(2026, time.November, 30), sevenday.Date(2026, time.December, 1), metrics.Final)
	f(PeriodMonth, DayN, 1, sevenday.Date(2026, time.December, 30), sevenday.Date(2026, time.December, 31), metrics.Open)
}
