package retention

import (
	"sevenday"
	"sevenday/metrics"
)

// Sums is the stored form of one cohort's cells: users only, no rates, so that
// figures of several merchants are sums of rows. Arrays run over n = 0..MaxN.
type Sums struct {
	Period    Period       `ch:"period,low"`
	Cohort    Cohort       `ch:"cohort,low"`
	Activity  Activity     `ch:"activity,low"`
	By        string       `ch:"by,low"`    // "" for everybody, or the breakdown
	Value     string       `ch:"value,low"` // "" where the user has no value of the breakdown
	CohortDay sevenday.Day `ch:"cohort_day"`
	Users     uint32       `ch:"users"`
	Returned  []uint32     `ch:"returned"`
	Within    []uint32     `ch:"within"`
	Unbounded []uint32     `ch:"unbounded"`
}

// MerchantSums are the cohorts of one merchant: a row of table retention_sums.
type MerchantSums struct {
	metrics.Key
	Sums
}

// Fold counts the cohorts of merchants. Rows fills when a merchant ends.
type Fold struct {
	Rows []MerchantSums

	counter counter
	active  activeDays
}

// Reads is all history.
func (f *Fold) Reads(sevenday.Day) sevenday.Day { return metrics.WholeHistory }

// NewFold returns an empty fold.
func NewFold() *Fold { return &Fold{counter: newCounter()} }

// Person adds one person's active days to the cohorts they belong to.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	f.active.read(t)
	f.counter.add(ActivityVisit, f.active.visits, f.active.knownVisitor(), f.active.firstPortal())
	f.counter.add(ActivityPaying, f.active.payments, f.active.knownBuyer(), f.active.firstPortal())
}

// Merchant turns the cells into Rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	f.counter.drain(func(s Sums) { f.Rows = append(f.Rows, MerchantSums{m.Row(metrics.Forever), s}) })
}
