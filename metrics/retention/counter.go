package retention

import (
	"sevenday"
	"sevenday/metrics"
)

// counter counts active days into the cells of every period, cohort, activity
// and portal. It is what the merchants' fold and the distinct fold share.
type counter struct {
	matrices map[series]*matrix
	periods  []int32           // of the person at hand: its active periods
	portals  []sevenday.Portal // the portal of each one's first active day
	gaps     []int32
}

// series names one matrix.
type series struct {
	period   Period
	cohort   Cohort
	activity Activity
}

// A matrix has slot 0 for everybody and slot 1+p for portal p.
const slots = 1 + sevenday.Portals

func newCounter() counter { return counter{matrices: make(map[series]*matrix)} }

// add counts the active days of one person for one activity. Cohorts of
// everybody are broken down by the portal of the cohort day, cohorts of new
// users by the portal of the person's first visit. A known person is in no
// cohort of new users.
func (c *counter) add(activity Activity, days []activeDay, known bool, firstPortal sevenday.Portal) {
	if len(days) == 0 {
		return
	}
	for _, period := range metrics.Periods {
		c.distinct(period, days)
		everybody := c.matrix(series{period, CohortAll, activity})
		for i, index := range c.periods {
			r := returnsFrom(c.periods, i, c.gaps)
			c.gaps = r.gaps
			everybody.count(index, c.portals[i], &r)
			if i == 0 && !known {
				c.matrix(series{period, CohortNew, activity}).count(index, firstPortal, &r)
			}
		}
	}
}

// distinct fills periods with the numbers of the active periods, ascending.
func (c *counter) distinct(period Period, days []activeDay) {
	c.periods, c.portals = c.periods[:0], c.portals[:0]
	for _, day := range days {
		index := period.Index(day.day)
		if last := len(c.periods) - 1; last >= 0 && c.periods[last] == index {
			continue
		}
		c.periods = append(c.periods, index)
		c.portals = append(c.portals, day.portal)
	}
}

func (c *counter) matrix(key series) *matrix {
	m := c.matrices[key]
	if m == nil {
		m = new(matrix)
		c.matrices[key] = m
	}
	return m
}

// drain hands over the sums of every cell that has users, and starts afresh.
func (c *counter) drain(emit func(Sums)) {
	for key, matrix := range c.matrices {
		for offset, row := range matrix.rows {
			if row == nil {
				continue // a period without a cohort
			}
			for slot, cell := range row {
				if cell != nil {
					emit(cell.sums(key, matrix.base+int32(offset), slot))
				}
			}
		}
	}
	clear(c.matrices)
}
