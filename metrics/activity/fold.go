// Package activity keeps the facts that other figures start from: on which days
// a person was active at a merchant, and what is known of the person in all.
package activity

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// UserDay is a day on which a person was active: a row of table
// user_days_by_run. A person is active by a visit entry or by a payment.
// Portal, terminal, store and campaign are those of the day's first visit entry,
// empty without one.
type UserDay struct {
	metrics.Key
	Person     sevenday.Person   `ch:"person"`
	Day        sevenday.Day      `ch:"day"`
	FirstAt    sevenday.Millis   `ch:"first_at"` // the day's first visit entry or, without one, payment
	Portal     sevenday.Portal   `ch:"portal"`
	Terminal   sevenday.Terminal `ch:"terminal"`
	StoreID    string            `ch:"store_id"`
	CampaignID string            `ch:"campaign_id"`
	Visits     uint16            `ch:"visits"` // visits that start on the day; a visit from the day before may leave 0
	Payments   uint16            `ch:"payments"`
	Net        sevenday.Money    `ch:"net"`     // of the day's payments in the merchant's currency
	Visited    bool              `ch:"visited"` // at least one visit entry
}

// Fold writes a row for each active day of a person, and one for the person.
type Fold struct {
	UserDays []UserDay
	Persons  []Person
}

// Reads is what cutting the first day's visits takes, and the month that From
// stands in, whose activity is counted from its first day.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day {
	return min(from.FirstOfMonth(), from-metrics.VisitReach)
}

// Person reads one person's timeline.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	first := len(f.UserDays)
	f.readEntries(t, first)
	f.readVisits(t, first)
	f.readOrders(t, first)
	f.Persons = append(f.Persons, personOf(t, f.UserDays[first:]))
}

// Merchant has nothing to sum: a person's rows are complete when it was read.
func (f *Fold) Merchant(*metrics.Merchant) {}

func (f *Fold) readEntries(t *metrics.Timeline, first int) {
	for i := range t.Entries {
		entry := &t.Entries[i]
		if entry.Action != sevenday.ActionVisit {
			continue
		}
		day := t.Merchant.Calendar.Day(entry.Time)
		if n := len(f.UserDays); n == first || f.UserDays[n-1].Day != day {
			f.UserDays = append(f.UserDays, UserDay{
				Key: t.Merchant.Row(day), Person: t.Person, Day: day, FirstAt: entry.Time, Portal: entry.Portal,
				Terminal: entry.Terminal, StoreID: entry.StoreID, CampaignID: entry.CampaignID, Visited: true,
			})
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
func (f *Fold) readOrders(t *metrics.Timeline, first int) {
	for i := range t.Orders {
		order := &t.Orders[i]
		day := t.Merchant.Calendar.Day(order.PaidAt)
		at, found := slices.BinarySearchFunc(f.UserDays[first:], day, func(d UserDay, day sevenday.Day) int { return int(d.Day - day) })
		if !found {
			f.UserDays = slices.Insert(f.UserDays, first+at, UserDay{
				Key: t.Merchant.Row(day), Person: t.Person, Day: day, FirstAt: order.PaidAt,
			})
		}
		paid := &f.UserDays[first+at]
		paid.Payments++
		if order.Currency == t.Merchant.Currency {
			paid.Net += order.Net()
		}
	}
}
