package lifecycle

import (
	"sevenday"
	"sevenday/metrics"
)

// trail is in which weeks one person was active, and what is known of how it
// first came. It is reused from person to person. Days that do not exist are 0.
type trail struct {
	visits, payments                  []metrics.ActivePeriod // ascending
	firstVisit, firstPaying, register sevenday.Day
}

// read puts together what was known before and what was read. Weeks before that
// of Merchant.From are taken from what was known, so days before it, which other
// folds may need, are passed over.
func (a *trail) read(t *metrics.Timeline) {
	known := &t.Known
	a.visits = append(a.visits[:0], known.VisitWeeks...)
	a.payments = append(a.payments[:0], known.PayingWeeks...)
	a.firstVisit, a.firstPaying, a.register = known.FirstVisit, known.FirstPaying, known.Register
	a.readEntries(t)
	a.readOrders(t)
}

func (a *trail) readEntries(t *metrics.Timeline) {
	calendar, next := t.Merchant.Calendar, t.Merchant.From
	for i := range t.Entries {
		entry := &t.Entries[i]
		switch entry.Action {
		case sevenday.ActionVisit:
			day := calendar.Day(entry.Time)
			if day < next {
				continue // of a week that is there already
			}
			if a.firstVisit == 0 {
				a.firstVisit = day
			}
			a.visits = append(a.visits, metrics.ActivePeriod{Index: metrics.PeriodWeek.Index(day), Portal: entry.Portal})
			next = day.Monday() + 7
		case sevenday.ActionRegister:
			if a.register == 0 {
				a.register = calendar.Day(entry.Time)
			}
		}
	}
}

// readOrders finds the weeks with a payment. The portal of such a week is that
// of the first visit entry on its first paying day.
func (a *trail) readOrders(t *metrics.Timeline) {
	calendar, next, entries := t.Merchant.Calendar, t.Merchant.From, t.Entries
	for i := range t.Orders {
		day := calendar.Day(t.Orders[i].PaidAt)
		if day < next {
			continue
		}
		if a.firstPaying == 0 {
			a.firstPaying = day
		}
		var portal sevenday.Portal
		portal, entries = portalOn(entries, day, calendar)
		a.payments = append(a.payments, metrics.ActivePeriod{Index: metrics.PeriodWeek.Index(day), Portal: portal})
		next = day.Monday() + 7
	}
}

// portalOn returns the portal of a day's first visit entry, PortalNone without
// one, and the entries from that day on.
func portalOn(entries []metrics.Entry, day sevenday.Day, calendar *sevenday.Calendar) (sevenday.Portal, []metrics.Entry) {
	for i := range entries {
		on := calendar.Day(entries[i].Time)
		if on < day || (on == day && entries[i].Action != sevenday.ActionVisit) {
			continue
		}
		if on == day {
			return entries[i].Portal, entries[i:]
		}
		return sevenday.PortalNone, entries[i:]
	}
	return sevenday.PortalNone, nil
}

// entrance is the first active week of a person, and the state that it is in.
type entrance struct {
	week  int32
	state State
}

// visitor is how a visitor came. A register on a day before the first visit
// tells that the person was there before the history was, as in retention: such
// a person is never new, but comes back from the week of the register.
func (a *trail) visitor() entrance { return a.entrance(a.firstVisit, a.firstVisit) }

// buyer is how a buyer came. Visitors register before they first pay, so what
// counts is a register before anything else was seen of the person.
func (a *trail) buyer() entrance {
	seen := a.firstPaying
	if a.firstVisit != 0 {
		seen = min(seen, a.firstVisit)
	}
	return a.entrance(a.firstPaying, seen)
}

func (a *trail) entrance(first, seen sevenday.Day) entrance {
	week := metrics.PeriodWeek.Index(first)
	if a.register == 0 || a.register >= seen {
		return entrance{week, New}
	}
	return entrance{week, back(metrics.PeriodWeek.Index(a.register), week)}
}
