package retention

import (
	"math"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// periodTable remembers in which week and month the days lie: asking the
// calendar for every active day would cost more than counting it.
type periodTable struct {
	base sevenday.Day
	of   []weekMonth // of the days from base on
}

// weekMonth are the numbers of the week and the month of a day.
type weekMonth struct{ week, month int32 }

func (t *periodTable) find(day sevenday.Day) weekMonth {
	if uint(day-t.base) < uint(len(t.of)) {
		return t.of[day-t.base]
	}
	return t.look(day)
}

// index is metrics.Period.Index of the period at a place of metrics.Periods.
func (t *periodTable) index(period int, day sevenday.Day) int32 {
	switch period {
	case weeks:
		return t.find(day).week
	case months:
		return t.find(day).month
	default:
		return int32(day)
	}
}

// tableStep is how many days are looked up at once.
const tableStep = 64

// look asks for a day that is not in the table, and extends the table to it.
func (t *periodTable) look(day sevenday.Day) weekMonth {
	if day == metrics.WholeHistory {
		return weekMonth{math.MinInt32, math.MinInt32} // before every event
	}
	if len(t.of) == 0 {
		t.base = day
	}
	for day < t.base {
		t.base -= tableStep
		t.of = slices.Insert(t.of, 0, tableFrom(t.base)...)
	}
	for int(day-t.base) >= len(t.of) {
		t.of = append(t.of, tableFrom(t.base+sevenday.Day(len(t.of)))...)
	}
	return t.of[day-t.base]
}

// tableFrom asks for the days from the first on.
func tableFrom(first sevenday.Day) []weekMonth {
	found := make([]weekMonth, tableStep)
	for i := range found {
		found[i] = weekMonthOf(first + sevenday.Day(i))
	}
	return found
}

func weekMonthOf(day sevenday.Day) weekMonth {
	return weekMonth{metrics.PeriodWeek.Index(day), metrics.PeriodMonth.Index(day)}
}
