package loop

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// between is a person's timeline of the days [from, to), both counted as a batch
// counts them: an order happens when it is decided, and is read by its payment.
func between(m *metrics.Merchant, whole *metrics.Timeline, from, to sevenday.Day) *metrics.Timeline {
	start, end := m.Calendar.Start(from), m.Calendar.Start(to)
	out := func(at sevenday.Millis) bool { return at < start || at >= end }
	t := &metrics.Timeline{
		Merchant: m, Person: whole.Person,
		Entries: slices.DeleteFunc(slices.Clone(whole.Entries), func(e metrics.Entry) bool { return out(e.Time) }),
		Orders: slices.DeleteFunc(slices.Clone(whole.Orders), func(o metrics.Order) bool {
			return o.PaidAt < start || min(o.DecidedAt, o.PaidAt) >= end
		}),
		Coupons: slices.DeleteFunc(slices.Clone(whole.Coupons), func(c metrics.Coupon) bool { return out(c.Time) }),
	}
	t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	return t
}

// randomLine is a person's events, some of them a window's length apart.
func randomLine(t *rapid.T, m *metrics.Merchant, person sevenday.Person) *metrics.Timeline {
	gaps := []sevenday.Millis{0, 1, hour, 24 * hour, 7 * day, 30 * day}
	line := &metrics.Timeline{Merchant: m, Person: person}
	at := start
	for range rapid.IntRange(0, 16).Draw(t, "events") {
		at += rapid.SampledFrom(gaps).Draw(t, "gap")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			line.Orders = append(line.Orders, metrics.Order{PaidAt: at, DecidedAt: at - rapid.SampledFrom(gaps).Draw(t, "decided")})
		case 1:
			line.Coupons = append(line.Coupons, metrics.Coupon{
				Time: at, Stage: sevenday.Stage(rapid.IntRange(1, 8).Draw(t, "stage")),
				Placement: sevenday.Placement(rapid.SampledFrom([]int{1, 4, 9}).Draw(t, "placement")),
			})
		default:
			line.Entries = append(line.Entries, metrics.Entry{
				Time: at, Action: sevenday.Action(rapid.IntRange(1, 6).Draw(t, "action")),
				Portal:  sevenday.Portal(rapid.IntRange(0, 8).Draw(t, "portal")),
				Session: rapid.Uint64Range(0, 1).Draw(t, "session"),
			})
		}
	}
	line.Visits = metrics.CutVisits(nil, line.Entries, m.Calendar)
	return line
}

// rowsOf are the rows of the spans from a day on, or of those before it.
func rowsOf[R any](from sevenday.Day, anew bool, rows []R, key func(*R) *metrics.Key) []string {
	var list []string
	for i := range rows {
		if key(&rows[i]).Fresh(from) == anew {
			list = append(list, fmt.Sprintf("%+v", rows[i]))
		}
	}
	slices.Sort(list)
	return list
}

// sameAsWhole folds people's whole histories, what a batch that begins with each
// of some weeks reads of them, and what lies before that week. The batch makes
// the rows of the whole, and leaves those that nothing since can have changed.
func sameAsWhole[F metrics.Fold, R any](t *rapid.T, newFold func() F, rows func(F) []R, key func(*R) *metrics.Key) {
	m := merchantOf(t)
	var lines []*metrics.Timeline
	for person := range sevenday.Person(3) {
		lines = append(lines, randomLine(t, m, person))
	}
	const end = 30_000 // after everything
	for week := range sevenday.Day(12) {
		from := m.Calendar.Day(start).Monday() + 7*week
		whole, part, before := newFold(), newFold(), newFold()
		for _, line := range lines {
			whole.Person(line)
			part.Person(between(m, line, part.Reads(from), end))
			before.Person(between(m, line, 0, from))
		}
		for _, f := range []F{whole, part, before} {
			f.Merchant(m)
		}
		for _, test := range []struct {
			anew  bool
			other F
		}{{true, part}, {false, before}} {
			want, got := rowsOf(from, test.anew, rows(whole), key), rowsOf(from, test.anew, rows(test.other), key)
			if !slices.Equal(want, got) {
				t.Fatalf("from %s (%t):\nwhole %v\nother %v", from, test.anew, want, got)
			}
		}
	}
}

func merchantOf(t *rapid.T) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAWindowMakesTheLoopOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sameAsWhole(t, NewFold, func(f *Fold) []Sums { return f.Sums }, func(s *Sums) *metrics.Key { return &s.Key })
	})
}

func TestAWindowMakesTheFollowsOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sameAsWhole(t, NewFollowFold, func(f *FollowFold) []FollowSums { return f.Sums }, func(s *FollowSums) *metrics.Key { return &s.Key })
	})
}
