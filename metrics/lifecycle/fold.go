package lifecycle

import (
	"sevenday"
	"sevenday/metrics"
)

// Cell is what one row of flows is of.
type Cell struct {
	Week     sevenday.Day    `ch:"week"` // the Monday of the week into which the flows lead
	Activity Activity        `ch:"activity,low"`
	Portal   sevenday.Portal `ch:"portal"`
}

// Fold counts the flows of merchants. Sums fills when a merchant ends.
type Fold struct {
	Sums []Sums

	visits, payments weekly
	trail            trail
}

// NewFold returns an empty fold.
func NewFold() *Fold {
	return &Fold{visits: make(weekly), payments: make(weekly)}
}

// Reads is the week before: whoever was active in it may go dormant in the first
// week that is made anew.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - 7 }

// Person follows one person from week to week.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	f.trail.read(t)
	f.visits.follow(f.trail.visits, f.trail.visitor())
	f.payments.follow(f.trail.payments, f.trail.buyer())
}

// weekly is what a merchant's users did, by week.
type weekly map[int32]*[sevenday.Portals]Flows

// at returns the flows into a week of who came through a portal.
func (w weekly) at(week int32, portal sevenday.Portal) *Flows {
	cells := w[week]
	if cells == nil {
		cells = new([sevenday.Portals]Flows)
		w[week] = cells
	}
	return &cells[portal]
}

// follow counts one person's ways. weeks are those in which the person was
// active, ascending; entrance says when and how it first came, which may lie
// before them.
//
// Only what a week's own events and earlier ones decide is counted: that a
// person is still dormant, week after week, is not.
func (w weekly) follow(weeks []metrics.ActivePeriod, first entrance) {
	if len(weeks) == 0 {
		return
	}
	at := weeks[0]
	state := Resurrected // a first week before the trail is long ago
	if at.Index == first.week {
		state = first.state
		*w.at(at.Index, at.Portal).enter(state)++
	} else {
		*w.at(at.Index, at.Portal).wake(state)++
	}
	for _, next := range weeks[1:] {
		if next.Index == at.Index+1 {
			*w.at(next.Index, next.Portal).stay(state)++
			state = Returning
		} else {
			*w.at(at.Index+1, sevenday.PortalNone).leave(state)++
			state = back(at.Index, next.Index)
			*w.at(next.Index, next.Portal).wake(state)++
		}
		at = next
	}
	*w.at(at.Index+1, sevenday.PortalNone).leave(state)++
}

// back is the state of who was active in one week and then in a later one only.
func back(before, week int32) State {
	if week-before-1 <= idleWeeks {
		return Returning
	}
	return Resurrected
}

// Merchant turns the weeks into rows. The Sunday of a week is the last day whose
// events can change its flows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	f.drain(m, ActivityVisit, f.visits)
	f.drain(m, ActivityPaying, f.payments)
}

func (f *Fold) drain(m *metrics.Merchant, activity Activity, w weekly) {
	for week, cells := range w {
		monday := metrics.PeriodWeek.First(week)
		for portal := range cells {
			if cells[portal] != (Flows{}) {
				f.Sums = append(f.Sums, Sums{
					Key: m.Row(metrics.PeriodWeek.Last(week)), Cell: Cell{monday, activity, sevenday.Portal(portal)}, Flows: cells[portal],
				})
			}
		}
	}
	clear(w)
}
