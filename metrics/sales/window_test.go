package sales

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/activity"
)

// window is a person's timeline as a batch reads it that makes the spans from
// m.From on anew: the events from the day reads on, and what is known of those
// before m.From. It is nil where there is no such event.
func window(m *metrics.Merchant, whole *metrics.Timeline, reads sevenday.Day) *metrics.Timeline {
	start := m.Calendar.Start(reads)
	t := &metrics.Timeline{
		Merchant: m, Person: whole.Person,
		Entries: slices.DeleteFunc(slices.Clone(whole.Entries), func(e metrics.Entry) bool { return e.Time < start }),
		Orders:  slices.DeleteFunc(slices.Clone(whole.Orders), func(o metrics.Order) bool { return o.PaidAt < start }),
	}
	if len(t.Entries)+len(t.Orders) == 0 {
		return nil
	}
	if t.Person == sevenday.Nobody {
		return t // of whom nothing is known
	}
	t.Visits = metrics.CutVisits(nil, t.Entries, m.Calendar)
	var days activity.Fold
	days.Person(whole)
	days.Persons[0].Known(&t.Known, m.From)
	return t
}
