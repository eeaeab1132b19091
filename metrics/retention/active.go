package retention

import (
	"math"

	"sevenday"
	"sevenday/metrics"
)

// trail is when a person was active by one activity: on which days, in which
// weeks and months, each ascending, with the portal of the first visit entry of
// its first active day (PortalNone on a day with payments only). Days before
// those that are read are missing; weeks and months are not.
type trail struct {
	first   sevenday.Day // the first active day ever, 0 without any
	periods [len(metrics.Periods)][]metrics.ActivePeriod
}

const (
	days = iota // the places of metrics.Periods in a trail
	weeks
	months
)

func (t *trail) reset() {
	t.first = 0
	for i := range t.periods {
		t.periods[i] = t.periods[i][:0]
	}
}

// begin takes what is known of the time before the days that are read.
func (t *trail) begin(first sevenday.Day, inWeeks, inMonths []metrics.ActivePeriod) {
	t.first = first
	t.periods[weeks] = append(t.periods[weeks], inWeeks...)
	t.periods[months] = append(t.periods[months], inMonths...)
}

// day adds an active day, which is not before those that were added.
func (t *trail) day(day sevenday.Day, portal sevenday.Portal) {
	if n := len(t.periods[days]); n == 0 || t.periods[days][n-1].Index != int32(day) {
		t.periods[days] = append(t.periods[days], metrics.ActivePeriod{Index: int32(day), Portal: portal})
	}
}

// end completes the trail after its last day. Weeks and months before those of
// `from` were known.
func (t *trail) end(from sevenday.Day, calendar *periodTable) {
	if len(t.periods[days]) == 0 {
		return
	}
	if t.first == 0 {
		t.first = sevenday.Day(t.periods[days][0].Index)
	}
	sinceWeek, sinceMonth := calendar.index(weeks, from), calendar.index(months, from)
	inWeeks, inMonths := t.periods[weeks], t.periods[months]
	week, month := lastIndex(inWeeks), lastIndex(inMonths)
	for _, day := range t.periods[days] {
		of := calendar.find(sevenday.Day(day.Index))
		if of.week != week && of.week >= sinceWeek {
			week = of.week
			inWeeks = append(inWeeks, metrics.ActivePeriod{Index: week, Portal: day.Portal})
		}
		if of.month != month && of.month >= sinceMonth {
			month = of.month
			inMonths = append(inMonths, metrics.ActivePeriod{Index: month, Portal: day.Portal})
		}
	}
	t.periods[weeks], t.periods[months] = inWeeks, inMonths
}

// lastIndex is the last of the periods, one that never was without any.
func lastIndex(periods []metrics.ActivePeriod) int32 {
	if len(periods) == 0 {
		return math.MinInt32
	}
	return periods[len(periods)-1].Index
}

// person is what one person did, as retention sees it. It is reused from person
// to person.
type person struct {
	visits, payments trail
	firstPortal      sevenday.Portal // of the first visit, PortalNone without any
	register         sevenday.Day    // of the first register, 0 without any
}

// begin starts a person of whom something may be known from before the days
// that follow.
func (p *person) begin(known *metrics.Known) {
	p.visits.reset()
	p.payments.reset()
	p.visits.begin(known.FirstVisit, known.VisitWeeks, known.VisitMonths)
	p.payments.begin(known.FirstPaying, known.PayingWeeks, known.PayingMonths)
	p.firstPortal, p.register = known.Portal, known.Register
}

// read finds the days in a timeline. A visit that runs past midnight makes both
// days active, so entries decide, not visits.
func (p *person) read(t *metrics.Timeline) {
	p.begin(&t.Known)
	calendar := t.Merchant.Calendar
	for i := range t.Entries {
		entry := &t.Entries[i]
		switch entry.Action {
		case sevenday.ActionVisit:
			p.visits.day(calendar.Day(entry.Time), entry.Portal)
		case sevenday.ActionRegister:
			p.registered(calendar.Day(entry.Time))
		}
	}
	visits := p.visits.periods[days]
	for i := range t.Orders {
		day := calendar.Day(t.Orders[i].PaidAt)
		for len(visits) > 0 && visits[0].Index < int32(day) {
			visits = visits[1:]
		}
		portal := sevenday.PortalNone
		if len(visits) > 0 && visits[0].Index == int32(day) {
			portal = visits[0].Portal
		}
		p.payments.day(day, portal)
	}
}

func (p *person) registered(day sevenday.Day) {
	if p.register == 0 || day < p.register {
		p.register = day
	}
}

// end completes the person after its last event.
func (p *person) end(from sevenday.Day, calendar *periodTable) {
	if seen := p.visits.periods[days]; p.visits.first == 0 && len(seen) > 0 {
		p.firstPortal = seen[0].Portal
	}
	p.visits.end(from, calendar)
	p.payments.end(from, calendar)
}

// knownVisitor tells that the person registered on a day before the first
// visit: a regular of the time before the data begin, never new.
func (p *person) knownVisitor() bool { return p.register != 0 && p.register < p.visits.first }

// knownBuyer tells the same of payments. Visitors register before they first
// pay, so what counts is a register before anything else was seen of the person.
func (p *person) knownBuyer() bool {
	first := p.payments.first
	if p.visits.first != 0 {
		first = min(first, p.visits.first)
	}
	return p.register != 0 && p.register < first
}

// portalIn is the portal of new users of the cohort of a period: that of the
// first visit, unless it came only after the period.
func (p *person) portalIn(cohort int32, period int, calendar *periodTable) sevenday.Portal {
	if p.visits.first == 0 || calendar.index(period, p.visits.first) > cohort {
		return sevenday.PortalNone
	}
	return p.firstPortal
}
