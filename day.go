package sevenday

import (
	"fmt"
	"time"
)

// Day is a calendar day, counted from 1970-01-01, with no time zone of its own:
// whose day it is (the merchant's) is decided where it is cut, by a Calendar.
type Day int32

const (
	millisPerSecond = 1000
	secondsPerDay   = 86400
)

// DayOf returns the calendar day of t in t's own location.
func DayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Date(year, month, day)
}

// Date returns the day of a civil date; out-of-range values are normalized as in time.Date.
func Date(year int, month time.Month, day int) Day {
	return Day(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), secondsPerDay))
}

// ParseDay reads "2006-01-02".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day such as 2026-11-21", s)
	}
	return DayOf(t), nil
}

// Time returns midnight UTC of the day: a carrier for formatting, not an instant of any merchant.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// String formats the day as "2006-01-02".
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// Monday returns the first day of d's week.
func (d Day) Monday() Day {
	// 1970-01-01 was a Thursday: day 4 is the first Monday.
	return d - Day(floorMod(int64(d)-4, 7))
}

// FirstOfMonth returns the first day of d's month.
func (d Day) FirstOfMonth() Day {
	year, month, _ := d.Time().Date()
	return Date(year, month, 1)
}

// Calendar cuts instants into one time zone's days. It remembers the last
// stretch without a change of the zone's offset, so that cutting a sorted
// stream of events costs a comparison and a division. It is not safe for
// concurrent use.
type Calendar struct {
	location   *time.Location
	from, to   int64 // the offset holds for unix seconds in [from, to)
	offset     int64 // seconds east of UTC
	remembered bool
}

// NewCalendar returns a calendar of the location's days.
func NewCalendar(location *time.Location) *Calendar { return &Calendar{location: location} }

// Location returns the calendar's time zone.
func (c *Calendar) Location() *time.Location { return c.location }

// Day returns the day on which t falls in the calendar's zone.
func (c *Calendar) Day(t Millis) Day {
	seconds := floorDiv(int64(t), millisPerSecond)
	if !c.remembered || seconds < c.from || seconds >= c.to {
		c.lookUp(seconds)
	}
	return Day(floorDiv(seconds+c.offset, secondsPerDay))
}

// Start returns the first instant of d in the calendar's zone. Where a change
// of clocks skips midnight it is the instant of the change.
func (c *Calendar) Start(d Day) Millis {
	year, month, day := d.Time().Date()
	return Millis(time.Date(year, month, day, 0, 0, 0, 0, c.location).UnixMilli())
}

// End returns the first instant after d, which is the start of the next day.
func (c *Calendar) End(d Day) Millis { return c.Start(d + 1) }

func (c *Calendar) lookUp(seconds int64) {
	t := time.Unix(seconds, 0).In(c.location)
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	c.offset, c.remembered = int64(offset), true
	c.from, c.to = -1<<62, 1<<62
	if !start.IsZero() {
		c.from = start.Unix()
	}
	if !end.IsZero() {
		c.to = end.Unix()
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }

// MarshalText formats the day as String does, for JSON and CSV.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	*d = day
	return err
}
