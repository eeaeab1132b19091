package attribution

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// fresh drops the rows of spans before from.
func (r *result) fresh(from sevenday.Day) {
	r.Touches = slices.DeleteFunc(r.Touches, func(row TouchRow) bool { return !row.Fresh(from) })
	r.Sums = slices.DeleteFunc(r.Sums, func(row SumRow) bool { return !row.Fresh(from) })
	r.Paths = slices.DeleteFunc(r.Paths, func(row PathRow) bool { return !row.Fresh(from) })
	r.Transitions = slices.DeleteFunc(r.Transitions, func(row TransitionRow) bool { return !row.Fresh(from) })
}

// window is what is read of a line again from a day on; nil where nothing is.
func window(line *metrics.Timeline, m *metrics.Merchant, reads sevenday.Day) *metrics.Timeline {
	w := &metrics.Timeline{Merchant: m, Person: line.Person}
	for _, e := range line.Entries {
		if m.Calendar.Day(e.Time) >= reads {
			w.Entries = append(w.Entries, e)
		}
	}
	for _, o := range line.Orders {
		if m.Calendar.Day(o.PaidAt) >= reads {
			w.Orders = append(w.Orders, o)
		}
	}
	if len(w.Entries) == 0 && len(w.Orders) == 0 {
		return nil
	}
	if line.Person != sevenday.Nobody {
		w.Visits = metrics.CutVisits(nil, w.Entries, m.Calendar)
	}
	return w
}

func TestAWindowGivesTheRowsOfTheWholeHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		lines := []*metrics.Timeline{randomLine(t, m, 1), randomLine(t, m, 2), randomLine(t, m, sevenday.Nobody)}
		want := fold(m, lines...)

		for from := m.Calendar.Day(start).Monday() - 7*6; from < m.Calendar.Day(start)+90; from += 7 {
			again := merchant(t)
			again.From = from
			var windows []*metrics.Timeline
			for _, line := range lines {
				if w := window(line, again, NewFold().Reads(from)); w != nil {
					windows = append(windows, w)
				}
			}
			got := fold(again, windows...)
			want.fresh(from)
			got.fresh(from)
			if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("from %v (-whole +window):\n%s", from, diff)
			}
		}
	})
}

// without returns a line less one event, and the day of that event.
func without(line *metrics.Timeline, at int) (*metrics.Timeline, sevenday.Day) {
	m := line.Merchant
	less := &metrics.Timeline{Merchant: m, Person: line.Person, Entries: slices.Clone(line.Entries), Orders: slices.Clone(line.Orders)}
	var day sevenday.Day
	if at < len(line.Entries) {
		day = m.Calendar.Day(line.Entries[at].Time)
		less.Entries = slices.Delete(less.Entries, at, at+1)
	} else {
		at -= len(line.Entries)
		day = m.Calendar.Day(line.Orders[at].DecidedAt)
		less.Orders = slices.Delete(less.Orders, at, at+1)
	}
	less.Visits = metrics.CutVisits(nil, less.Entries, m.Calendar)
	return less, day
}

func TestAnEventChangesNoSpanBeforeItsWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		line := randomLine(t, m, 1)
		for at := range len(line.Entries) + len(line.Orders) {
			less, day := without(line, at)
			before, after := fold(m, line), fold(m, less)
			before.stale(day.Monday())
			after.stale(day.Monday())
			if diff := gocmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("an event of %v changed spans before it (-with +without):\n%s", day, diff)
			}
		}
	})
}

// stale drops the rows of spans from a Monday on.
func (r *result) stale(from sevenday.Day) {
	r.Touches = slices.DeleteFunc(r.Touches, func(row TouchRow) bool { return row.Fresh(from) })
	r.Sums = slices.DeleteFunc(r.Sums, func(row SumRow) bool { return row.Fresh(from) })
	r.Paths = slices.DeleteFunc(r.Paths, func(row PathRow) bool { return row.Fresh(from) })
	r.Transitions = slices.DeleteFunc(r.Transitions, func(row TransitionRow) bool { return row.Fresh(from) })
}

func TestAFoldReadsBackToTheFirstTouchThatCanMatter(t *testing.T) {
	for _, test := range []struct{ from, want, why string }{
		{"2026-09-07", "2026-07-16", "August ends a lookback of 8 days before, began on the 1st, and 16 days cut and reach its first visits"},
		{"2026-09-21", "2026-08-05", "an order paid on the 21st was decided up to 31 days before, and touched 8 days before that"},
	} {
		from, err := sevenday.ParseDay(test.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := NewFold().Reads(from).String(); got != test.want {
			t.Errorf("from %s on it reads %s, want %s: %s", test.from, got, test.want, test.why)
		}
	}
}
