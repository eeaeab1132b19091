package retention

import (
	"math"

	"sevenday"
	"sevenday/metrics"
)

// Zone is a time zone of merchants in scope, and how far the figures reach in it.
type Zone struct {
	metrics.LastDays
	Calendar *sevenday.Calendar // nil stands for days that begin everywhere at once
}

// leastZone is the horizon of figures over several time zones: a day is closed
// when it is closed everywhere.
func leastZone(zones map[string]Zone) Zone {
	least := Zone{LastDays: metrics.LastDays{Closed: math.MaxInt16, Begun: math.MaxInt16}}
	for _, one := range zones {
		least.Closed = min(least.Closed, one.Closed)
		least.Begun = min(least.Begun, one.Begun)
	}
	return least
}

// needs returns the first and the last day that a cell needs, both ends in.
func (q *Query) needs(cohort int32, measure Measure, n int, zone *Zone) (first, last sevenday.Day) {
	if measure == RollingN {
		return zone.rolling(q.Period.First(cohort), n)
	}
	from, to := q.periods(measure, n)
	return q.Period.First(cohort + int32(from)), q.Period.Last(cohort + int32(to))
}

const hour sevenday.Millis = 60 * 60 * 1000

// rolling returns the days on which the n-th 24 hours of the users of a day
// begin and end. A change of clocks can move them by an hour, and so by a day.
func (z *Zone) rolling(cohort sevenday.Day, n int) (first, last sevenday.Day) {
	if z.Calendar == nil {
		return cohort + sevenday.Day(n), cohort + sevenday.Day(n) + 1
	}
	passed := 24 * hour * sevenday.Millis(n)
	return z.Calendar.Day(z.Calendar.Start(cohort) + passed), z.Calendar.Day(z.Calendar.End(cohort) + passed + 24*hour - 1)
}

// state of the cell of a cohort: which days does it need, and where are those of
// the zone?
func (q *Query) state(cohort int32, measure Measure, n int, zone *Zone) metrics.State {
	first, last := q.needs(cohort, measure, n, zone)
	state := zone.State(first, last)
	if measure == UnboundedN && state == metrics.Final {
		return metrics.Open // a later day can still bring somebody back
	}
	return state
}

// pooled tells whether a cell is over, so that it counts where cohorts are pooled.
func (q *Query) pooled(cohort int32, measure Measure, n int, zone *Zone) bool {
	_, last := q.needs(cohort, measure, n, zone)
	return last <= zone.Closed
}

// widen returns the state of a cell whose parts have these states: it is only
// as far as the least of them, and open as soon as part of it has begun.
func widen(a, b metrics.State) metrics.State {
	if a == b {
		return a
	}
	return metrics.Open
}
