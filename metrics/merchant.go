package metrics

import (
	"time"

	"sevenday"
)

// Key opens every row that a fold makes: whose it is, which run made it, and
// when it stops changing.
type Key struct {
	MerchantID string `ch:"merchant_id"`
	Run        uint64 `ch:"run"`
	// Span is the Monday of the last week whose events can change the row. Rows
	// are replaced by spans: a run that begins with an event of some week makes
	// all rows of that span and of later ones, and no others.
	Span sevenday.Day `ch:"span"`
}

// Fresh tells whether a run that makes the spans from `from` on makes the row.
func (k *Key) Fresh(from sevenday.Day) bool { return k.Span >= from }

// Merchant is the merchant whose timelines a fold is reading.
type Merchant struct {
	sevenday.Merchant
	Run      uint64
	From     sevenday.Day       // Monday of the first span that is made anew, or WholeHistory
	Calendar *sevenday.Calendar // of the merchant's time zone
}

// NewMerchant prepares a merchant for folding in a run, over its whole history.
// It fails when the tz database does not know the merchant's time zone.
func NewMerchant(m sevenday.Merchant, run uint64) (*Merchant, error) {
	location, err := time.LoadLocation(m.TimeZone)
	if err != nil {
		return nil, sevenday.Invalidf("merchant %s: time zone %q is unknown: send a merchant record with a tz database name", m.MerchantID, m.TimeZone)
	}
	return &Merchant{Merchant: m, Run: run, From: WholeHistory, Calendar: sevenday.NewCalendar(location)}, nil
}

// Row returns the key of a row that events up to and including those of the day
// last can change.
func (m *Merchant) Row(last sevenday.Day) Key {
	return Key{MerchantID: m.MerchantID, Run: m.Run, Span: last.Monday()}
}
