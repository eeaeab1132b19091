package coupon

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/activity"
)

// window is a person's timeline as a batch reads it that makes the spans from
// m.From on anew: the events from the day reads on, all records of the coupons
// with one among them, and what is known of the time before m.From. It is nil
// where there is no such event.
func window(m *metrics.Merchant, whole *metrics.Timeline, reads sevenday.Day) *metrics.Timeline {
	since := m.Calendar.Start(reads)
	read := map[uint64]bool{}
	for _, c := range whole.Coupons {
		read[c.Coupon] = read[c.Coupon] || c.Time >= since
	}
	t := &metrics.Timeline{
		Merchant: m, Person: whole.Person,
		Entries: slices.DeleteFunc(slices.Clone(whole.Entries), func(e metrics.Entry) bool { return e.Time < since }),
		Orders:  slices.DeleteFunc(slices.Clone(whole.Orders), func(o metrics.Order) bool { return o.PaidAt < since }),
		Coupons: slices.DeleteFunc(slices.Clone(whole.Coupons), func(c metrics.Coupon) bool { return !read[c.Coupon] }),
	}
	if len(t.Entries)+len(t.Orders)+len(t.Coupons) == 0 {
		return nil
	}
	if whole.Person != sevenday.Nobody {
		var days activity.Fold
		days.Person(whole)
		days.Persons[0].Known(&t.Known, m.From)
	}
	return t
}

// earlier is a person's timeline without what happened on a day or later; an
// order happens when it is decided.
func earlier(m *metrics.Merchant, whole *metrics.Timeline, until sevenday.Day) *metrics.Timeline {
	end := m.Calendar.Start(until)
	return &metrics.Timeline{
		Merchant: m, Person: whole.Person,
		Entries: slices.DeleteFunc(slices.Clone(whole.Entries), func(e metrics.Entry) bool { return e.Time >= end }),
		Orders:  slices.DeleteFunc(slices.Clone(whole.Orders), func(o metrics.Order) bool { return min(o.DecidedAt, o.PaidAt) >= end }),
		Coupons: slices.DeleteFunc(slices.Clone(whole.Coupons), func(c metrics.Coupon) bool { return c.Time >= end }),
	}
}

// spanned are rows that say in which span they stand.
type spanned[R any] interface {
	*R
	Fresh(from sevenday.Day) bool
}

// rowsOf are the rows that a run from a day on makes anew, or those that it
// leaves, in an order of their own.
func rowsOf[R any, P spanned[R]](from sevenday.Day, anew bool, rows []R) []string {
	var list []string
	for i := range rows {
		if P(&rows[i]).Fresh(from) == anew {
			list = append(list, fmt.Sprintf("%+v", rows[i]))
		}
	}
	slices.Sort(list)
	return list
}

// sameRows fails the test unless two folds made the same rows of the spans from a
// day on, or of those before it.
func sameRows[R any, P spanned[R]](t *rapid.T, from sevenday.Day, anew bool, whole, other []R) {
	t.Helper()
	want, got := rowsOf[R, P](from, anew, whole), rowsOf[R, P](from, anew, other)
	if !slices.Equal(want, got) {
		t.Fatalf("from %s (%t):\nwhole %v\nother %v", from, anew, want, got)
	}
}

func sameFolds(t *rapid.T, from sevenday.Day, anew bool, whole, other *Fold) {
	t.Helper()
	sameRows(t, from, anew, whole.Sums, other.Sums)
	sameRows(t, from, anew, whole.Curves, other.Curves)
	sameRows(t, from, anew, whole.Transitions, other.Transitions)
	sameRows(t, from, anew, whole.States, other.States)
	sameRows(t, from, anew, whole.Sales, other.Sales)
}

func TestAWindowMakesTheRowsOfTheWholeAndLeavesThoseThatNothingChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		var lines []*metrics.Timeline
		whole := NewFold()
		for person := range sevenday.Person(3) {
			line := randomLine(t, person)
			line.Merchant = m
			whole.Person(line)
			lines = append(lines, line)
		}
		whole.Merchant(m)
		for week := range sevenday.Day(12) {
			since := merchant(t)
			since.From = m.Calendar.Day(start).Monday() + 7*week
			part, before := NewFold(), NewFold()
			for _, line := range lines {
				before.Person(earlier(m, line, since.From))
				if read := window(since, line, part.Reads(since.From)); read != nil {
					part.Person(read)
				}
			}
			before.Merchant(m)
			part.Merchant(since)
			sameFolds(t, since.From, true, whole, part)
			sameFolds(t, since.From, false, whole, before)
		}
	})
}
