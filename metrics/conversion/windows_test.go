package conversion

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// randomEvents draws entries and orders over some weeks, from which visits are cut.
func randomEvents(t *rapid.T, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Person: person}
	at := start
	for range rapid.IntRange(0, 25).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, minute, 31 * minute, Window / 2, Window, 3 * Window, 9 * Window}).Draw(t, "step")
		if rapid.Bool().Draw(t, "order") {
			line.Orders = append(line.Orders, randomOrder(t, at, len(line.Orders)))
			continue
		}
		line.Entries = append(line.Entries, metrics.Entry{
			Time: at, Action: sevenday.ActionVisit, Portal: sevenday.Portal(rapid.IntRange(1, 3).Draw(t, "portal")),
			Session: uint64(rapid.IntRange(0, 2).Draw(t, "session")),
		})
	}
	return line
}

// since leaves out what lies before a day of the calendar.
func since(line *metrics.Timeline, calendar *sevenday.Calendar, day sevenday.Day) *metrics.Timeline {
	cut := &metrics.Timeline{Person: line.Person}
	for _, e := range line.Entries {
		if calendar.Day(e.Time) >= day {
			cut.Entries = append(cut.Entries, e)
		}
	}
	for _, o := range line.Orders {
		if calendar.Day(o.PaidAt) >= day {
			cut.Orders = append(cut.Orders, o)
		}
	}
	return cut
}

// freshRows folds timelines and keeps the rows of the spans from a Monday on.
func freshRows(m *metrics.Merchant, from sevenday.Day, lines []*metrics.Timeline) *Fold {
	for _, line := range lines {
		line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	}
	f := fold(m, lines...)
	f.Visits = slices.DeleteFunc(f.Visits, func(r VisitRow) bool { return !r.Fresh(from) })
	f.Sums = slices.DeleteFunc(f.Sums, func(r Sums) bool { return !r.Fresh(from) })
	f.Refunded = slices.DeleteFunc(f.Refunded, func(r RefundedRow) bool { return !r.Fresh(from) })
	return f
}

func TestAWindowGivesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomEvents(t, 1), randomEvents(t, 2)}
		from := m.Calendar.Day(start).Monday() + 7*sevenday.Day(rapid.IntRange(0, 12).Draw(t, "weeks"))
		whole := freshRows(m, from, lines)
		var cut []*metrics.Timeline
		for _, line := range lines {
			cut = append(cut, since(line, m.Calendar, NewFold().Reads(from)))
		}
		window := freshRows(m, from, cut)
		if diff := gocmp.Diff(whole.Visits, window.Visits, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("visits (-whole +window):\n%s", diff)
		}
		if diff := gocmp.Diff(whole.Sums, window.Sums, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("sums (-whole +window):\n%s", diff)
		}
		if diff := gocmp.Diff(whole.Refunded, window.Refunded, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("refunded orders (-whole +window):\n%s", diff)
		}
	})
}

func TestEventsFromADayOnChangeNoRowOfAnEarlierSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomEvents(t, 1), randomEvents(t, 2)}
		from := m.Calendar.Day(start).Monday() + 7*sevenday.Day(rapid.IntRange(0, 12).Draw(t, "weeks"))
		settled := func(f *Fold) *Fold {
			f.Visits = slices.DeleteFunc(f.Visits, func(r VisitRow) bool { return r.Fresh(from) })
			f.Sums = slices.DeleteFunc(f.Sums, func(r Sums) bool { return r.Fresh(from) })
			return f
		}
		after := settled(freshRows(m, metrics.WholeHistory, lines))
		for _, line := range lines {
			line.Entries = slices.DeleteFunc(line.Entries, func(e metrics.Entry) bool { return m.Calendar.Day(e.Time) >= from })
			line.Orders = slices.DeleteFunc(line.Orders, func(o metrics.Order) bool { return m.Calendar.Day(o.DecidedAt) >= from })
		}
		before := settled(freshRows(m, metrics.WholeHistory, lines))
		if diff := gocmp.Diff(before.Visits, after.Visits, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("visits from %s (-before +after):\n%s", from, diff)
		}
		if diff := gocmp.Diff(before.Sums, after.Sums, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("sums from %s (-before +after):\n%s", from, diff)
		}
	})
}

func TestADaysReachFollowsTheClock(t *testing.T) {
	day := func(text string) sevenday.Day {
		d, err := sevenday.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const hour = 60 * minute
	for _, test := range []struct {
		name       string
		zone       string
		reach      Reach
		settlement sevenday.Day
		day, want  string
	}{
		{"an ordinary day", "Asia/Shanghai", Reach{Window: Window}, 0, "2026-03-07", "2026-03-08"},
		{"the day before one of 23 hours", "America/New_York", Reach{Window: Window}, 0, "2026-03-07", "2026-03-09"},
		{"the day before one of 25 hours", "America/New_York", Reach{Window: Window}, 0, "2026-10-31", "2026-11-01"},
		{"with settlement", "Asia/Shanghai", Reach{Window: Window}, 3, "2026-03-07", "2026-03-11"},
		{"a short window", "Asia/Shanghai", Reach{Window: hour}, 0, "2026-03-07", "2026-03-08"},
		{"two days", "Asia/Shanghai", Reach{Window: 48 * hour}, 0, "2026-03-07", "2026-03-09"},
		{"net", "Asia/Shanghai", Reach{Window: Window, Net: true}, 1, "2026-03-07", "2026-03-16"},
	} {
		group := metrics.Group{TimeZone: test.zone, SettlementDays: test.settlement}
		for closed := day(test.want) - 1; closed <= day(test.want); closed++ {
			group.Closed = closed
			closing, err := NewClosing(test.reach, metrics.Groups{group, group})
			if err != nil {
				t.Fatal(err)
			}
			final := closed == day(test.want)
			if through := closing.Final(1); (through >= day(test.day)) != final || (closing.State(day(test.day)) == metrics.Final) != final {
				t.Errorf("%s, closed through %s: days are final through %s and the day's cell is %s", test.name, closed, through, closing.State(day(test.day)))
			}
		}
	}
}

// sortSums puts rows in the order in which tests compare them.
func sortSums(sums []Sums) {
	slices.SortFunc(sums, func(a, b Sums) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(one(a.ByPortal), one(b.ByPortal)), cmp.Compare(a.Portal, b.Portal))
	})
}
