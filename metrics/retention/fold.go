package retention

import (
	"sevenday"
	"sevenday/metrics"
)

// Sums is the stored form of who came back in one period: users only, no rates,
// so that figures of several merchants are sums of rows. It is kept by the
// period of the return and not by that of the cohort, because nothing that
// happens later can change it.
//
// The arrays look back: Back[n] are the users of the cohort of the n-th period
// before who were active in this one (Back[0] is this period's cohort), and
// First[n], n > 0, those of them who had not been active in between. Zeros at
// their ends are left out; they have at most MaxN+1 places.
type Sums struct {
	Period   Period       `ch:"period,low"`
	Cohort   Cohort       `ch:"cohort,low"`
	Activity Activity     `ch:"activity,low"`
	By       string       `ch:"by,low"`    // "" for everybody, or the breakdown
	Value    string       `ch:"value,low"` // "" where the user has no value of the breakdown
	Day      sevenday.Day `ch:"day"`       // first day of the period
	Back     []uint32     `ch:"back"`
	First    []uint32     `ch:"first"`
}

// MerchantSums are the returns to one merchant: a row of table
// retention_sums_by_run.
type MerchantSums struct {
	metrics.Key
	Sums
}

// Fold counts the returns to merchants. Rows fills when a merchant ends.
type Fold struct {
	Rows []MerchantSums

	counter counter
	person  person
}

// NewFold returns an empty fold.
func NewFold() *Fold { return new(Fold) }

// Reads is the first day that somebody can come back from. The month that From
// stands in, whose row is made from its first day on, has not begun earlier.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - MaxN }

// Person adds one person's active days to the cohorts they belong to.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	f.person.read(t)
	f.counter.add(&f.person, t.Merchant.From)
}

// Merchant turns the cells into Rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	f.counter.drain(m.From, func(s Sums, _ []uint32) {
		f.Rows = append(f.Rows, sumsOf(m, s))
	})
}

func sumsOf(m *metrics.Merchant, s Sums) MerchantSums {
	return MerchantSums{m.Row(s.Period.Last(s.Period.Index(s.Day))), s}
}
