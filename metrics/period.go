package metrics

import (
	"time"

	"sevenday"
)

// Period is the calendar unit that cohorts, their returns and flows are counted in.
type Period string

// The periods. Weeks start on Monday.
const (
	PeriodDay   Period = "day"
	PeriodWeek  Period = "week"
	PeriodMonth Period = "month"
)

// Periods lists the periods in the order in which they are kept.
var Periods = [...]Period{PeriodDay, PeriodWeek, PeriodMonth}

// firstMonday is 1970-01-05, the Monday that weeks are counted from.
const firstMonday sevenday.Day = 4

// Index numbers the period that day falls in, so that the distance of two
// periods is the difference of their numbers.
func (p Period) Index(day sevenday.Day) int32 {
	switch p {
	case PeriodWeek:
		return int32((day.Monday() - firstMonday) / 7)
	case PeriodMonth:
		year, month, _ := day.Time().Date()
		return int32(year*12 + int(month) - 1)
	default:
		return int32(day)
	}
}

// First returns the first day of the period with a number.
func (p Period) First(index int32) sevenday.Day {
	switch p {
	case PeriodWeek:
		return firstMonday + sevenday.Day(index)*7
	case PeriodMonth:
		return sevenday.Date(int(index)/12, time.Month(index%12+1), 1)
	default:
		return sevenday.Day(index)
	}
}

// Last returns the last day of the period with a number.
func (p Period) Last(index int32) sevenday.Day { return p.First(index+1) - 1 }
