package simulate

import (
	"cmp"
	"math"

	"sevenday"
)

// Truth is what the figures of a world's records must be, and what was planted
// in them. It marshals to truth.json.
type Truth struct {
	Seed      uint64       `json:"seed,string"`
	Merchants int          `json:"merchants"`
	From      sevenday.Day `json:"from"`
	Until     sevenday.Day `json:"until"`
	// Records counts by kind: entry, transaction, coupon, merchant.
	Records map[string]KindTally `json:"records"`
	Planted Planted              `json:"planted"`
	Claims  []Claim              `json:"claims"`
	// Uplift cells let the effect be summed over other weeks than the claims'.
	UpliftCells []UpliftCell     `json:"uplift_cells"`
	Portals     []PortalTruth    `json:"portals"`
	PerMerchant []MerchantTruth  `json:"per_merchant"`
	Windows     map[string]Range `json:"windows"`
}

// Range is a range of days, both ends in.
type Range struct {
	From sevenday.Day `json:"from"`
	To   sevenday.Day `json:"to"`
}

// Planted counts what was made to go wrong, and other rare things, among the
// delivered records.
type Planted struct {
	Duplicates      int            `json:"duplicates"`       // second deliveries of the same bytes
	Late            int            `json:"late"`             // delivered one hour to three days late
	Revisions       int            `json:"revisions"`        // events sent wrong and then corrected
	Tombstones      int            `json:"tombstones"`       // events that never happened, and were withdrawn
	Conflicts       int            `json:"conflicts"`        // one id and revision with two contents
	UnknownFields   int            `json:"unknown_fields"`   // records with a field outside the contract
	NullFields      int            `json:"null_fields"`      // records with a JSON null
	UnmappedScenes  int            `json:"unmapped_scenes"`  // visits that name a scene and no portal
	Links           int            `json:"links"`            // users known by an anonymous id first and by their own later
	WithoutConsent  int            `json:"without_consent"`  // events with consent false
	RefundsFirst    int            `json:"refunds_first"`    // refunds sent before their payment
	ExcessRefunds   int            `json:"excess_refunds"`   // refunds beyond what was paid
	ForeignCurrency int            `json:"foreign_currency"` // orders in another currency than the merchant's
	Gifts           int            `json:"gifts"`            // coupons given to a new user
	TreatedBefore   int            `json:"treated_before"`   // merchants with installments since before the history
	NoVisits        int            `json:"merchants_without_visits"`
	Malformed       map[string]int `json:"malformed"` // refused records by what is wrong with them
}

// MerchantTruth is one merchant's part of the truth. Expectations are given
// the merchant's realized cohorts and visits.
type MerchantTruth struct {
	MerchantID  string   `json:"merchant_id"`
	Industry    string   `json:"industry"`
	CohortUsers int64    `json:"cohort_users"`
	Day7        *float64 `json:"day_7,omitempty"` // null without a cohort
	Visits      int64    `json:"visits"`
	Conversion  *float64 `json:"conversion,omitempty"`
	// Adopted is the day installments were switched on, null for controls;
	// InPanel is false for who had them before the history.
	Adopted *sevenday.Day `json:"adopted,omitempty"`
	InPanel bool          `json:"in_panel"`
	// LogUplift is the mean over the panel's weeks from the adoption on.
	LogUplift *float64 `json:"log_uplift,omitempty"`
}

// PortalTruth is an industry's expected visit conversion through one portal.
type PortalTruth struct {
	Industry string  `json:"industry"`
	Portal   string  `json:"portal"`
	Visits   int64   `json:"visits"`
	Expected float64 `json:"expected"`
}

// truth gathers what the finished run has seen.
func (r *run) truth() Truth {
	w := r.world
	t := Truth{
		Seed: w.config.Seed, Merchants: len(w.programs), From: w.from, Until: w.config.Until,
		Records: map[string]KindTally{}, Planted: r.planted, UpliftCells: w.upliftCells(),
		Portals: r.portals(), Windows: w.windows.ranges(w.panel),
	}
	for _, kind := range sevenday.RecordKinds {
		t.Records[kind.String()] = r.tally[kind]
	}
	for i, p := range w.programs {
		t.PerMerchant = append(t.PerMerchant, r.merchantTruth(p, &r.observed[i]))
		if p.adoption.on && !p.inPanel() {
			t.Planted.TreatedBefore++
		}
		if !p.visits() {
			t.Planted.NoVisits++
		}
	}
	t.Claims = r.claims(t.UpliftCells)
	return t
}

func (w windows) ranges(panel []sevenday.Day) map[string]Range {
	ranges := map[string]Range{
		"cohorts":     {w.cohortFrom, w.cohortTo},
		"conversions": {w.visitFrom, w.visitTo},
	}
	if w.weeks != nil {
		ranges["year_on_year"] = Range{w.weeks.from, w.weeks.to}
	}
	if len(panel) > 0 {
		ranges["panel"] = Range{panel[0], panel[len(panel)-1] + 6}
	}
	return ranges
}

func (r *run) merchantTruth(p *program, o *observation) MerchantTruth {
	visits := o.visits()
	m := MerchantTruth{
		MerchantID: p.MerchantID, Industry: p.Industry, InPanel: p.inPanel(),
		CohortUsers: o.cohort.trials, Visits: visits.trials,
	}
	if !p.visits() {
		m.CohortUsers = 0
	}
	m.Day7, m.Conversion = quotient(o.cohort.expected, m.CohortUsers), quotient(visits.expected, visits.trials)
	if p.adoption.on {
		m.Adopted = &p.adoption.day
	}
	if effects := r.world.effects(p); len(effects) > 0 {
		sum := 0.0
		for _, e := range effects {
			sum += e.LogEffect
		}
		m.LogUplift = quotient(sum, int64(len(effects)))
	}
	return m
}

func quotient(sum float64, n int64) *float64 {
	if n == 0 {
		return nil
	}
	q := sum / float64(n)
	return &q
}

// portals sums the visits by industry and portal. Visits that named an
// unmapped scene instead are among other.
func (r *run) portals() []PortalTruth {
	var list []PortalTruth
	for _, in := range industries {
		for portal := sevenday.PortalScan; portal <= sevenday.PortalOther; portal++ {
			var sum chances
			for i, p := range r.world.programs {
				if p.industry == in {
					sum.merge(r.observed[i].portal[portal])
				}
			}
			if sum.trials > 0 {
				list = append(list, PortalTruth{in.name, portal.String(), sum.trials, sum.expected / float64(sum.trials)})
			}
		}
	}
	return list
}

// rate is a mean of draws with its standard error.
func (c chances) rate() (expected, deviation float64) {
	n := cmp.Or(float64(c.trials), 1)
	return c.expected / n, math.Sqrt(c.variance) / n
}
