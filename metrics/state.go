package metrics

import (
	"time"

	"sevenday"
)

// State tells what a cell's number is worth.
type State string

// The three states. Only final cells enter an aggregate.
const (
	Final  State = "final"   // its time is over and the watermark has passed
	Open   State = "open"    // it can still change
	NotDue State = "not_due" // its time has not begun: there is no number
)

// Horizon is how far the data reach, as one publication saw it. Days before
// the watermark are complete, days after AsOf have not begun.
type Horizon struct {
	Watermark sevenday.Millis
	AsOf      sevenday.Millis
}

// LastDays are the horizon's days in one time zone.
type LastDays struct {
	Closed sevenday.Day // the last complete day
	Begun  sevenday.Day // the last day that has begun
}

// In cuts the horizon in a time zone.
func (h Horizon) In(location *time.Location) LastDays {
	calendar := sevenday.NewCalendar(location)
	// The day of the watermark is complete only once the watermark reaches its end.
	return LastDays{Closed: calendar.Day(h.Watermark) - 1, Begun: calendar.Day(h.AsOf)}
}

// State of a cell that needs the days first..last, both ends in.
func (d LastDays) State(first, last sevenday.Day) State {
	switch {
	case last <= d.Closed:
		return Final
	case first <= d.Begun:
		return Open
	default:
		return NotDue
	}
}
