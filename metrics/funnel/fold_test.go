package funnel

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

func merchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fold returns the sums of some people's timelines from a Monday's span on.
func fold(m *metrics.Merchant, from sevenday.Day, lines ...*metrics.Timeline) []Sums {
	f := NewFold()
	for _, line := range lines {
		line.Merchant, line.Visits = m, metrics.CutVisits(nil, line.Entries, m.Calendar)
		f.Person(line)
	}
	f.Merchant(m)
	f.Sums = slices.DeleteFunc(f.Sums, func(s Sums) bool { return !s.Fresh(from) })
	slices.SortFunc(f.Sums, func(a, b Sums) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Step, b.Step)) })
	return f.Sums
}

// randomLine draws a person's entries, claims and orders over some months.
func randomLine(t *rapid.T, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Person: person}
	at := start
	for range rapid.IntRange(0, 15).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, 31 * minute, day, 9 * day, 25 * day, 30*day - 1, 30 * day}).Draw(t, "step")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0, 1:
			line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: rapid.SampledFrom([]sevenday.Action{sevenday.ActionVisit, sevenday.ActionVisit, sevenday.ActionFollow}).Draw(t, "action")})
		case 2:
			line.Coupons = append(line.Coupons, metrics.Coupon{Time: at, Stage: rapid.SampledFrom([]sevenday.Stage{sevenday.StageClaimed, sevenday.StageClaimed, sevenday.StageIssued}).Draw(t, "stage")})
		default:
			before := rapid.SampledFrom([]sevenday.Millis{0, 0, day, 29 * day}).Draw(t, "decided before")
			line.Orders = append(line.Orders, metrics.Order{PaidAt: at, DecidedAt: at - before})
		}
	}
	return line
}

// naiveSums follows each visit with the earliest claim, payment and payment, and
// keeps the times of each day's deepest try.
func naiveSums(m *metrics.Merchant, lines []*metrics.Timeline) map[sevenday.Day][4][]sevenday.Millis {
	days := map[sevenday.Day][4][]sevenday.Millis{}
	f := Default()
	for _, line := range lines {
		var events []Event
		for i := range line.Visits {
			events = append(events, Event{At: line.Visits[i].Start, Kind: Visit})
		}
		for _, c := range line.Coupons {
			if c.Stage == sevenday.StageClaimed {
				events = append(events, Event{At: c.Time, Kind: Claim})
			}
		}
		for _, o := range line.Orders {
			events = append(events, Event{At: o.DecidedAt, Kind: Pay})
		}
		Sort(events)
		for _, try := range naive(&f, events, m.Calendar) {
			steps := days[try.Day]
			for step, at := range try.At {
				steps[step] = append(steps[step], at-try.At[0])
			}
			days[try.Day] = steps
		}
	}
	return days
}

func TestTheFoldCountsTheDeepestTriesOfAllAssignments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, 1), randomLine(t, 2)}
		got := fold(m, metrics.WholeHistory, lines...)
		want := naiveSums(m, lines)
		if len(got) != 4*len(want) {
			t.Fatalf("%d rows of %d days", len(got), len(want))
		}
		for _, s := range got {
			steps := want[s.Day]
			times := steps[s.Step-1]
			taken := uint64(0)
			for i, bucket := range s.Buckets {
				taken += s.Counts[i]
				here := slices.DeleteFunc(slices.Clone(times), func(t sevenday.Millis) bool { return bucketOf(t) != bucket })
				if uint64(len(here)) != s.Counts[i] {
					t.Fatalf("%s, step %d: %d took times of bucket %d, want %d", s.Day, s.Step, s.Counts[i], bucket, len(here))
				}
			}
			if s.Entered != uint64(len(steps[0])) || s.Users != uint64(len(times)) || (s.Step > 1 && taken != s.Users) {
				t.Fatalf("%+v, want %d of %d users", s, len(times), len(steps[0]))
			}
		}
	})
}

func TestAWindowGivesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, 1), randomLine(t, 2)}
		from := m.Calendar.Day(start).Monday() + 7*sevenday.Day(rapid.IntRange(0, 30).Draw(t, "weeks"))
		whole := fold(m, from, lines...)
		reads := NewFold().Reads(from)
		for _, line := range lines {
			line.Entries = slices.DeleteFunc(line.Entries, func(e metrics.Entry) bool { return m.Calendar.Day(e.Time) < reads })
			line.Coupons = slices.DeleteFunc(line.Coupons, func(c metrics.Coupon) bool { return m.Calendar.Day(c.Time) < reads })
			line.Orders = slices.DeleteFunc(line.Orders, func(o metrics.Order) bool { return m.Calendar.Day(o.PaidAt) < reads })
		}
		if diff := gocmp.Diff(whole, fold(m, from, lines...), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("from %s (-whole +window):\n%s", from, diff)
		}
	})
}

func TestEventsFromADayOnChangeNoRowOfAnEarlierSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, 1), randomLine(t, 2)}
		from := m.Calendar.Day(start).Monday() + 7*sevenday.Day(rapid.IntRange(0, 30).Draw(t, "weeks"))
		settled := func(rows []Sums) []Sums { return slices.DeleteFunc(rows, func(s Sums) bool { return s.Fresh(from) }) }
		after := settled(fold(m, metrics.WholeHistory, lines...))
		for _, line := range lines {
			line.Entries = slices.DeleteFunc(line.Entries, func(e metrics.Entry) bool { return m.Calendar.Day(e.Time) >= from })
			line.Coupons = slices.DeleteFunc(line.Coupons, func(c metrics.Coupon) bool { return m.Calendar.Day(c.Time) >= from })
			line.Orders = slices.DeleteFunc(line.Orders, func(o metrics.Order) bool { return m.Calendar.Day(o.DecidedAt) >= from })
		}
		if diff := gocmp.Diff(settled(fold(m, metrics.WholeHistory, lines...)), after, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("from %s (-before +after):\n%s", from, diff)
		}
	})
}

func TestNobodyEntersAFunnel(t *testing.T) {
	m := merchant(t)
	line := &metrics.Timeline{Person: sevenday.Nobody, Entries: []metrics.Entry{{Time: start, Action: sevenday.ActionVisit}}}
	if got := fold(m, metrics.WholeHistory, line); len(got) != 0 {
		t.Errorf("%+v, want no rows", got)
	}
}
