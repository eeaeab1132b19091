package retention

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// activeDay is a day on which a person was active, and the portal of that
// day's first visit entry (PortalNone on a day with payments only).
type activeDay struct {
	day    sevenday.Day
	portal sevenday.Portal
}

// activeDays are the days of one person: distinct, ascending. Its slices are
// reused from person to person.
type activeDays struct {
	visits, payments []activeDay
	register         sevenday.Day
	registered       bool
}

// read finds the days in a timeline. A visit that runs past midnight makes both
// days active, so entries decide, not visits.
func (a *activeDays) read(t *metrics.Timeline) {
	a.reset()
	calendar := t.Merchant.Calendar
	for i := range t.Entries {
		entry := &t.Entries[i]
		switch entry.Action {
		case sevenday.ActionVisit:
			a.addVisit(calendar.Day(entry.Time), entry.Portal)
		case sevenday.ActionRegister:
			if !a.registered {
				a.register, a.registered = calendar.Day(entry.Time), true
			}
		}
	}
	for i := range t.Orders {
		day := calendar.Day(t.Orders[i].PaidAt)
		a.addPayment(day, a.portalOn(day))
	}
}

func (a *activeDays) reset() {
	a.visits, a.payments, a.registered = a.visits[:0], a.payments[:0], false
}

func (a *activeDays) addVisit(day sevenday.Day, portal sevenday.Portal) {
	if n := len(a.visits); n == 0 || a.visits[n-1].day != day {
		a.visits = append(a.visits, activeDay{day, portal})
	}
}

func (a *activeDays) addPayment(day sevenday.Day, portal sevenday.Portal) {
	if n := len(a.payments); n == 0 || a.payments[n-1].day != day {
		a.payments = append(a.payments, activeDay{day, portal})
	}
}

func (a *activeDays) portalOn(day sevenday.Day) sevenday.Portal {
	i, found := slices.BinarySearchFunc(a.visits, day, func(v activeDay, day sevenday.Day) int { return int(v.day - day) })
	if !found {
		return sevenday.PortalNone
	}
	return a.visits[i].portal
}

// firstPortal is the portal of the person's first visit, PortalNone without any.
func (a *activeDays) firstPortal() sevenday.Portal {
	if len(a.visits) == 0 {
		return sevenday.PortalNone
	}
	return a.visits[0].portal
}

// knownVisitor tells that the person registered on a day before the first
// visit: a regular of the time before the data begin, never new.
func (a *activeDays) knownVisitor() bool {
	return a.registered && len(a.visits) > 0 && a.register < a.visits[0].day
}

// knownBuyer tells the same of payments. Visitors register before they first
// pay, so what counts is a register before anything else was seen of the person.
func (a *activeDays) knownBuyer() bool {
	if !a.registered || len(a.payments) == 0 {
		return false
	}
	first := a.payments[0].day
	if len(a.visits) > 0 {
		first = min(first, a.visits[0].day)
	}
	return a.register < first
}
