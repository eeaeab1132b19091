package coupon

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

func foldGifts(m *metrics.Merchant, lines ...*metrics.Timeline) *GiftFold {
	f := NewGiftFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	slices.SortFunc(f.Days, func(a, b GiftDay) int { return cmp.Compare(a.Day, b.Day) })
	return f
}

func gift(at sevenday.Millis) metrics.Coupon {
	return metrics.Coupon{Time: start + at, Coupon: uint64(at + 1), Stage: received}
}

func visit(at sevenday.Millis) metrics.Entry {
	return metrics.Entry{Time: start + at, Action: sevenday.ActionVisit}
}

func TestAReceiverIsNewWithoutAnythingBefore(t *testing.T) {
	register := metrics.Entry{Time: start, Action: sevenday.ActionRegister}
	follow := metrics.Entry{Time: start, Action: sevenday.ActionFollow}
	noon := 12 * hour
	for _, test := range []struct {
		name      string
		line      metrics.Timeline
		new, came uint64
	}{
		{"nothing ever", metrics.Timeline{}, 1, 0},
		{"a visit later", metrics.Timeline{Entries: []metrics.Entry{visit(noon + 30*day)}}, 1, 1},
		{"a visit too late", metrics.Timeline{Entries: []metrics.Entry{visit(noon + 30*day + 1)}}, 1, 0},
		{"a payment later", metrics.Timeline{Orders: []metrics.Order{paid(noon, 0)}}, 1, 1},
		{"a visit on the same day before", metrics.Timeline{Entries: []metrics.Entry{visit(0)}}, 0, 0},
		{"a payment before", metrics.Timeline{Orders: []metrics.Order{paid(0, 0)}}, 0, 0},
		{"registered before", metrics.Timeline{Entries: []metrics.Entry{register}}, 0, 0},
		{"followed before", metrics.Timeline{Entries: []metrics.Entry{follow, visit(noon)}}, 1, 1},
		{"known from before", metrics.Timeline{Known: metrics.Known{FirstPaying: 20_000}}, 0, 0},
	} {
		test.line.Person, test.line.Coupons = 1, []metrics.Coupon{gift(noon), gift(noon + 1)}
		m := merchant(t)
		first := m.Calendar.Day(start)
		want := []GiftDay{{Key: m.Row(first + 31), Day: first, Gifts: 2, Receivers: 1, New: test.new, Came: test.came}}
		if diff := gocmp.Diff(want, foldGifts(m, &test.line).Days); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNewUsersWhomAGiftBroughtStandBesideTheOthers(t *testing.T) {
	m := merchant(t)
	first := m.Calendar.Day(start)
	with := func(c []metrics.Coupon, e ...metrics.Entry) *metrics.Timeline {
		return &metrics.Timeline{Person: 1, Coupons: c, Entries: e, Orders: []metrics.Order{paid(8*day-1, 0), paid(8*day, 0)}}
	}
	f := foldGifts(m,
		with([]metrics.Coupon{gift(0)}, visit(0), visit(7*day)),
		with([]metrics.Coupon{gift(1)}, visit(0), visit(2*day)),
		with(nil, visit(0), visit(8*day)),
		with(nil, metrics.Entry{Time: start - 1, Action: sevenday.ActionRegister}, visit(0)),
	)
	want := []GiftCohort{
		{Key: m.Row(first + 7), Day: first, Users: 2, Within7: 1, Net: 2000},
		{Key: m.Row(first + 7), Day: first, Gifted: true, Users: 1, Day7: 1, Within7: 1, Net: 1000},
	}
	slices.SortFunc(f.Cohorts, func(a, b GiftCohort) int { return cmp.Compare(a.Users, b.Users) * -1 })
	if diff := gocmp.Diff(want, f.Cohorts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// randomNewcomer is a person's gifts, entries and orders.
func randomNewcomer(t *rapid.T, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Person: person}
	at := start + sevenday.Millis(rapid.IntRange(0, 20).Draw(t, "first"))*day
	for range rapid.IntRange(0, 10).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, 1, hour, day, 7 * day, 30 * day}).Draw(t, "gap")
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			line.Coupons = append(line.Coupons, gift(at-start))
		case 1:
			line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: sevenday.Action(rapid.IntRange(1, 3).Draw(t, "action"))})
		default:
			line.Orders = append(line.Orders, paid(at-start, 0))
		}
	}
	return line
}

// naiveGifts counts the gifts of one person by reading everything for each.
func naiveGifts(m *metrics.Merchant, line *metrics.Timeline) map[sevenday.Day]GiftDay {
	days := map[sevenday.Day]GiftDay{}
	for _, c := range line.Coupons {
		day := m.Calendar.Day(c.Time)
		sums := days[day]
		sums.Gifts++
		if sums.Receivers == 0 {
			before, after := false, false
			note := func(at sevenday.Millis, stays bool) {
				before = before || at < c.Time
				after = after || stays && at >= c.Time && at-c.Time <= 30*24*hour
			}
			for _, e := range line.Entries {
				if e.Action == sevenday.ActionVisit || e.Action == sevenday.ActionRegister {
					note(e.Time, e.Action == sevenday.ActionVisit)
				}
			}
			for _, o := range line.Orders {
				note(o.PaidAt, true)
			}
			sums.Receivers, sums.New, sums.Came = 1, uint64(one(!before)), uint64(one(!before && after))
		}
		days[day] = sums
	}
	return days
}

func TestGiftsAreThoseOfANaiveReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		line := randomNewcomer(t, 1)
		want := naiveGifts(m, line)
		for _, got := range foldGifts(m, line).Days {
			w := want[got.Day]
			w.Key, w.Day = m.Row(got.Day+31), got.Day
			if got != w {
				t.Fatalf("%+v, naively %+v", got, w)
			}
			delete(want, got.Day)
		}
		if len(want) > 0 {
			t.Fatalf("missing: %+v", want)
		}
	})
}

func TestAWindowMakesTheGiftsOfTheWholeAndLeavesThoseThatNothingChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		var lines []*metrics.Timeline
		for person := range sevenday.Person(3) {
			lines = append(lines, randomNewcomer(t, person))
		}
		whole := foldGifts(m, lines...)
		for week := range sevenday.Day(14) {
			since := merchant(t)
			since.From = m.Calendar.Day(start).Monday() + 7*week
			part, before := NewGiftFold(), NewGiftFold()
			for _, line := range lines {
				before.Person(earlier(m, line, since.From))
				if read := window(since, line, part.Reads(since.From)); read != nil {
					part.Person(read)
				}
			}
			before.Merchant(m)
			part.Merchant(since)
			sameRows(t, since.From, true, whole.Days, part.Days)
			sameRows(t, since.From, true, whole.Cohorts, part.Cohorts)
			sameRows(t, since.From, false, whole.Days, before.Days)
			sameRows(t, since.From, false, whole.Cohorts, before.Cohorts)
		}
	})
}
