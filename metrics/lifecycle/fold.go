package lifecycle

import (
	"slices"

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
func NewFold() *Fold { return new(Fold) }

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

// weekly is what a merchant's users did, by week: dense, because a map of weeks
// costs more than all the rest.
type weekly struct {
	first int32 // the week of cells[0]
	cells []*[sevenday.Portals]Flows
}

// at returns the flows into a week of who came through a portal.
func (w *weekly) at(week int32, portal sevenday.Portal) *Flows {
	if len(w.cells) == 0 {
		w.first = week
	}
	if week < w.first {
		w.cells = slices.Insert(w.cells, 0, make([]*[sevenday.Portals]Flows, w.first-week)...)
		w.first = week
	}
	at := int(week - w.first)
	if at >= len(w.cells) {
		w.cells = append(w.cells, make([]*[sevenday.Portals]Flows, at+1-len(w.cells))...)
	}
	if w.cells[at] == nil {
		w.cells[at] = new([sevenday.Portals]Flows)
	}
	return &w.cells[at][portal]
}

// follow counts one person's ways. weeks are those in which the person was
// active, ascending; entrance says when and how it first came, which may lie
// before them.
//
// Only what a week's own events and earlier ones decide is counted: that a
// person is still dormant, week after week, is not.
func (w *weekly) follow(weeks []metrics.ActivePeriod, first entrance) {
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
	f.drain(m, ActivityVisit, &f.visits)
	f.drain(m, ActivityPaying, &f.payments)
}

func (f *Fold) drain(m *metrics.Merchant, activity Activity, w *weekly) {
	for i, cells := range w.cells {
		if cells == nil {
			continue // a week without a flow
		}
		week := w.first + int32(i)
		cell := Cell{Week: metrics.PeriodWeek.First(week), Activity: activity}
		key := m.Row(metrics.PeriodWeek.Last(week))
		for portal := range cells {
			if cells[portal] != (Flows{}) {
				cell.Portal = sevenday.Portal(portal)
				f.Sums = append(f.Sums, Sums{key, cell, cells[portal]})
			}
		}
	}
	clear(w.cells)
	w.cells = w.cells[:0]
}
