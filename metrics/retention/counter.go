package retention

import (
	"sevenday"
	"sevenday/metrics"
)

// counter counts persons into the cohorts of every period, cohort, activity and
// portal, and makes the rows of returns. It is what the merchants' fold and the
// distinct fold share.
type counter struct {
	matrices [len(metrics.Periods)][len(cohorts)][len(activities)]matrix
	lasts    *[len(metrics.Periods)][len(cohorts)][len(activities)]lasts // nil where nobody asks
	calendar periodTable
	returns  returns
}

var (
	cohorts    = [...]Cohort{CohortNew, CohortAll}
	activities = [...]Activity{ActivityVisit, ActivityPaying}
)

// series is the place of a matrix: a period, a cohort and an activity.
type series struct{ period, cohort, activity int }

const (
	ofNew = iota // the places of cohorts
	ofAll
)

// add counts a person after its last event. The weeks and months before those
// of `from` were known. Cohorts of everybody are broken down by the portal of
// the cohort day, cohorts of new users by that of the person's first visit. A
// known person is in no cohort of new users.
func (c *counter) add(p *person, from sevenday.Day) {
	p.end(from, &c.calendar)
	c.addTrail(p, &p.visits, 0, p.knownVisitor())
	c.addTrail(p, &p.payments, 1, p.knownBuyer())
}

func (c *counter) addTrail(p *person, t *trail, activity int, known bool) {
	for period, active := range t.periods {
		if len(active) == 0 {
			continue
		}
		c.matrices[period][ofAll][activity].countAll(active)
		first := place{index: c.calendar.index(period, t.first)}
		first.portal = p.portalIn(first.index, period, &c.calendar)
		if !known {
			c.matrices[period][ofNew][activity].countNew(first, active)
		}
		if c.lasts != nil {
			c.addLasts(series{period, 0, activity}, active, first, known)
		}
	}
}

func (c *counter) addLasts(s series, active []metrics.ActivePeriod, first place, known bool) {
	last := active[len(active)-1].Index
	for _, p := range active {
		c.lasts[s.period][ofAll][s.activity].add(place{p.Index, p.Portal}, last)
	}
	if !known {
		c.lasts[s.period][ofNew][s.activity].add(first, last)
	}
}

// drain hands over the rows of the periods from that of `from` on, and starts
// afresh. later is nil where the last activities were not counted.
func (c *counter) drain(from sevenday.Day, emit func(sums Sums, later []uint32)) {
	for i := range metrics.Periods {
		for j := range cohorts {
			for k := range activities {
				if len(c.matrices[i][j][k].cells.cells) > 0 {
					c.drainSeries(series{i, j, k}, from, emit)
				}
			}
		}
	}
}

func (c *counter) drainSeries(s series, from sevenday.Day, emit func(sums Sums, later []uint32)) {
	m, period := &c.matrices[s.period][s.cohort][s.activity], metrics.Periods[s.period]
	c.returns.read(m)
	m.reset()
	c.returns.each(period.Index(from), func(index int32, slot int, back, first []uint32) {
		sums := Sums{Period: period, Cohort: cohorts[s.cohort], Activity: activities[s.activity], Day: period.First(index), Back: back, First: first}
		if slot > 0 {
			sums.By, sums.Value = ByPortal, sevenday.Portal(slot-1).String()
		}
		var later []uint32
		if c.lasts != nil {
			later = c.lasts[s.period][s.cohort][s.activity].later(index, slot)
		}
		emit(sums, later)
	})
	if c.lasts != nil {
		c.lasts[s.period][s.cohort][s.activity].reset()
	}
}
