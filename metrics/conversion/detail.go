package conversion

import (
	"slices"
	"strings"

	"sevenday"
	"sevenday/metrics"
)

// Unit is what a rate counts.
type Unit string

// The units.
const (
	UnitVisit Unit = "visit" // visits, each payment given to one of them
	UnitUser  Unit = "user"  // a day's visitors, each with the first visit of the day
)

// Basis says which payments convert.
type Basis string

// The bases.
const (
	BasisGross Basis = "gross" // every payment
	BasisNet   Basis = "net"   // those not wholly refunded within the refund horizon
)

// The breakdowns. Those of the visit split visits and conversions, those of the
// payment the conversions alone.
const (
	ByPortal   = "portal"
	ByTerminal = "terminal"
	ByStore    = "store"
	ByCampaign = "campaign"
	ByIndustry = "industry"
	ByCity     = "city" // of the visit's store, else of the merchant
	ByLever    = "lever"
	ByMethod   = "method"
	ByCurrency = "currency"
)

// Breakdowns lists the names that Detail.By takes.
var Breakdowns = []string{ByPortal, ByTerminal, ByStore, ByCampaign, ByIndustry, ByCity, ByLever, ByMethod, ByCurrency}

// MaxWindow is the longest conversion window: 90 days. A question reads that
// much beyond its range.
const MaxWindow sevenday.Millis = 90 * 24 * 60 * 60 * 1000

// NoValue is the value of visits without a store or a campaign.
const NoValue = "none"

// Detail asks for conversion in another form than Query's.
type Detail struct {
	metrics.Scope
	metrics.Range
	By     string          // one of Breakdowns, empty for none
	Unit   Unit            // empty: visit
	Basis  Basis           // empty: gross
	Window sevenday.Millis // conversion window, its end included; 0: Window
}

// WithDefaults fills in what the question leaves open.
func (d Detail) WithDefaults() Detail {
	if d.Unit == "" {
		d.Unit = UnitVisit
	}
	if d.Basis == "" {
		d.Basis = BasisGross
	}
	if d.Window == 0 {
		d.Window = Window
	}
	return d
}

// Validate tells, as an Invalid error, what is wrong with a question whose
// defaults are filled in.
func (d *Detail) Validate() error {
	switch {
	case d.By != "" && !slices.Contains(Breakdowns, d.By):
		return sevenday.Invalidf("conversion has no breakdown by %q: use one of %s", d.By, strings.Join(Breakdowns, ", "))
	case d.Unit != UnitVisit && d.Unit != UnitUser:
		return sevenday.Invalidf("unit %q is unknown: use visit or user", d.Unit)
	case d.Basis != BasisGross && d.Basis != BasisNet:
		return sevenday.Invalidf("basis %q is unknown: use gross or net", d.Basis)
	case d.Window < 1 || d.Window > MaxWindow:
		return sevenday.Invalidf("the conversion window must be longer than 0 and at most %d days", MaxWindow/Window)
	}
	return nil
}

// Reach is how long after its day a cell of the question can change.
func (d *Detail) Reach() Reach { return Reach{Window: d.Window, Net: d.Basis == BasisNet} }

// Stored tells whether the published sums answer the question. Others are
// counted over the visits and payments themselves.
func (d *Detail) Stored() bool {
	return d.Window == Window && (d.By == "" || d.By == ByPortal || d.By == ByIndustry)
}

// splitsPayments tells whether the breakdown is one of payments: its values
// share one denominator, all visits.
func (d *Detail) splitsPayments() bool {
	return d.By == ByLever || d.By == ByMethod || d.By == ByCurrency
}

// DetailRow is conversion of one scope, day and value in one currency. Visits
// are those that count: all, or with unit user each visitor's first of the day.
type DetailRow struct {
	MerchantID      *string         `json:"merchant_id"`
	Industry        *string         `json:"industry"`
	Unit            Unit            `json:"unit" enum:"visit,user"`
	Basis           Basis           `json:"basis" enum:"gross,net"`
	WindowHours     float64         `json:"window_hours" doc:"from a visit's start to its payment"`
	By              *string         `json:"by" doc:"the breakdown, null for none"`
	Value           *string         `json:"value" doc:"value of the breakdown; null for all"`
	Day             *sevenday.Day   `json:"day" doc:"day of the visits; null pools the final days of the range"`
	Visits          int64           `json:"visits" doc:"visits; with unit user each visitor's first of the day"`
	ConvertedVisits int64           `json:"converted_visits"`
	Rate            *float64        `json:"rate" doc:"fraction in [0,1]"`
	Low             *float64        `json:"low"`
	High            *float64        `json:"high"`
	Currency        *string         `json:"currency"`
	Gross           *sevenday.Money `json:"gross" doc:"payments of the converted visits in this currency; null with unit user"`
	Net             *sevenday.Money `json:"net" doc:"the same less their refunds"`
	GrossPerVisit   *sevenday.Money `json:"gross_per_visit" doc:"gross / visits, half a hundredth rounded up"`
	NetPerVisit     *sevenday.Money `json:"net_per_visit" doc:"net / visits, half a hundredth rounded up"`
	State           metrics.State   `json:"state" enum:"final,open,not_due"`
}
