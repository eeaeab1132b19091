package conversion

import (
	"time"

	"sevenday"
	"sevenday/metrics"
)

// Reach is how long after its day a cell of visits can still change.
type Reach struct {
	Window sevenday.Millis // from a visit's start, its end included
	Net    bool            // the cell also waits for refunds
}

// Last returns the last day whose events a cell of the day needs, in the
// calendar's time zone and with so many days of settlement: the day on which the
// window of the day's last visit ends, which a change of clocks can push one
// further, and the settlement after it. A net cell waits for the refunds of the
// last payment that it can hold.
func (r Reach) Last(calendar *sevenday.Calendar, settlement, day sevenday.Day) sevenday.Day {
	last := endsOn(calendar, day, r.Window) + settlement
	if r.Net {
		last = endsOn(calendar, last, RefundHorizon)
	}
	return last
}

// endsOn returns the day on which a duration ends that begins in the last
// instant of a day.
func endsOn(calendar *sevenday.Calendar, day sevenday.Day, duration sevenday.Millis) sevenday.Day {
	return calendar.Day(calendar.End(day) - 1 + duration)
}

// Closing tells which days' cells of some groups of merchants are final.
type Closing struct {
	reach     Reach
	groups    metrics.Groups
	calendars []*sevenday.Calendar // aligned with groups
}

// NewClosing prepares the answers for a scope's groups. It fails when the tz
// database does not know a group's time zone.
func NewClosing(reach Reach, groups metrics.Groups) (*Closing, error) {
	c := &Closing{reach: reach, groups: groups}
	for i := range groups {
		location, err := time.LoadLocation(groups[i].TimeZone)
		if err != nil {
			return nil, &sevenday.Error{Op: "cut the days of", Subject: groups[i].TimeZone, Err: err}
		}
		c.calendars = append(c.calendars, sevenday.NewCalendar(location))
	}
	return c, nil
}

func (c *Closing) last(group int, day sevenday.Day) sevenday.Day {
	return c.reach.Last(c.calendars[group], c.groups[group].SettlementDays, day)
}

// Final returns the last day whose cell is final for the i-th group: those of
// all days before it are as well.
func (c *Closing) Final(i int) sevenday.Day {
	day := c.groups[i].Closed
	for c.last(i, day) > c.groups[i].Closed {
		day--
	}
	return day
}

// State returns the state of a day's cell of all the groups: final when it is
// for each of them, not due while it has begun for none, open otherwise.
func (c *Closing) State(day sevenday.Day) metrics.State {
	state := metrics.NotDue
	for i := range c.groups {
		one := c.groups[i].State(day, c.last(i, day))
		if i > 0 && one != state {
			return metrics.Open
		}
		state = one
	}
	return state
}
