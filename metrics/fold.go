package metrics

import "sevenday"

// Fold turns timelines into the rows of one metric. It keeps the state of one
// merchant at a time, so that memory does not grow with the platform. Rows are
// collected in the fold's own slices, which the caller drains between calls.
//
// A batch does not read all history again. It makes the rows of the days from
// Merchant.From on anew, and hands over the events that they need and no more:
// those of the days from Reads on. What lies before is in Timeline.Known. Rows
// of earlier spans that a fold makes along the way are dropped by the caller, so
// a fold need not care.
type Fold interface {
	// Reads returns the first day of whose events the rows of the spans from
	// `from`, a Monday, depend. It is never after from.
	Reads(from sevenday.Day) sevenday.Day
	// Person reads one person's timeline. It is called once for each person of
	// the merchant with an event in the days that are read, and several times,
	// with parts, for Nobody.
	Person(t *Timeline)
	// Merchant is called after the merchant's last person: the sums become rows
	// and the fold starts afresh.
	Merchant(m *Merchant)
}

// WholeHistory is the From of a merchant all of whose events are read.
const WholeHistory sevenday.Day = 0

// Forever is the last day of rows that any later event can change.
const Forever sevenday.Day = 65535
