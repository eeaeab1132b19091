// Package activity keeps the facts that other figures start from: on which days
// a person was active at a merchant, and the first and last of them.
package activity

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// UserDay is a day on which a person was active: a row of table
// user_days_by_run. A person is active by a visit entry or by a payment.
type UserDay struct {
	metrics.Key
	Person   sevenday.Person `ch:"person"`
	Day      sevenday.Day    `ch:"day"`
	FirstAt  sevenday.Millis `ch:"first_at"` // the day's first visit entry or, without one, payment
	Portal   sevenday.Portal `ch:"portal"`   // of the day's first visit entry, PortalNone without one
	Visits   uint16          `ch:"visits"`   // visits that start on the day; a visit from the day before may leave 0
	Payments uint16          `ch:"payments"`
	Visited  bool            `ch:"visited"` // at least one visit entry
}

// FirstDay is what is known of a person at a merchant: a row of table
// first_days_by_run. Days that do not exist are 0 (1970-01-01).
type FirstDay struct {
	metrics.Key
	Person      sevenday.Person `ch:"person"`
	FirstVisit  sevenday.Day    `ch:"first_visit"`
	LastVisit   sevenday.Day    `ch:"last_visit"`
	FirstPaying sevenday.Day    `ch:"first_paying"`
	LastPaying  sevenday.Day    `ch:"last_paying"`
	Register    sevenday.Day    `ch:"register"`
	Portal      sevenday.Portal `ch:"portal"` // of the first visit
}

// Fold writes a row for each active day of a person, and one for the person.
type Fold struct {
	UserDays  []UserDay
	FirstDays []FirstDay
}

// Person reads one person's timeline.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	first := len(f.UserDays)
	known := FirstDay{Key: t.Merchant.Key, Person: t.Person}
	f.readEntries(t, &known, first)
	f.readVisits(t, first)
	f.readOrders(t, &known, first)
	f.FirstDays = append(f.FirstDays, known)
}

// Merchant has nothing to sum: a person's rows are complete when it was read.
func (f *Fold) Merchant(*metrics.Merchant) {}

func (f *Fold) readEntries(t *metrics.Timeline, known *FirstDay, first int) {
	for i := range t.Entries {
		entry := &t.Entries[i]
		day := t.Merchant.Calendar.Day(entry.Time)
		switch entry.Action {
		case sevenday.ActionVisit:
			if known.FirstVisit == 0 {
				known.FirstVisit, known.Portal = day, entry.Portal
			}
			known.LastVisit = day
			if n := len(f.UserDays); n == first || f.UserDays[n-1].Day != day {
				f.UserDays = append(f.UserDays, UserDay{
					Key: t.Merchant.Key, Person: t.Person, Day: day, FirstAt: entry.Time, Portal: entry.Portal, Visited: true,
				})
			}
		case sevenday.ActionRegister:
			if known.Register == 0 {
				known.Register = day
			}
		}
	}
}

func (f *Fold) readVisits(t *metrics.Timeline, first int) {
	i := first
	for j := range t.Visits {
		for f.UserDays[i].Day != t.Visits[j].Day {
			i++
		}
		f.UserDays[i].Visits++
	}
}

// readOrders counts payments into the person's days, and inserts the days on
// which there was a payment only.
func (f *Fold) readOrders(t *metrics.Timeline, known *FirstDay, first int) {
	for i := range t.Orders {
		order := &t.Orders[i]
		day := t.Merchant.Calendar.Day(order.PaidAt)
		if known.FirstPaying == 0 {
			known.FirstPaying = day
		}
		known.LastPaying = day
		at, found := slices.BinarySearchFunc(f.UserDays[first:], day, func(d UserDay, day sevenday.Day) int { return int(d.Day - day) })
		if !found {
			f.UserDays = slices.Insert(f.UserDays, first+at, UserDay{
				Key: t.Merchant.Key, Person: t.Person, Day: day, FirstAt: order.PaidAt,
			})
		}
		f.UserDays[first+at].Payments++
	}
}
