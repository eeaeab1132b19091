package benchmark

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Row is one metric of a merchant beside the band of its industry, or the band
// alone.
type Row struct {
	MerchantID *string       `json:"merchant_id"`
	Industry   string        `json:"industry" doc:"the industry whose owners make the band"`
	Metric     Metric        `json:"metric"`
	Unit       Unit          `json:"measured_in" doc:"fraction, count or money (in units of the currency)"`
	Currency   *string       `json:"currency" doc:"of money: the band's merchants have it too; null for other units"`
	From       *sevenday.Day `json:"window_from" doc:"first of the 28 days; null before there are as many"`
	To         *sevenday.Day `json:"window_to" doc:"last of them, a Sunday"`
	Value      *float64      `json:"merchant_value" doc:"the merchant's own figure, not rounded; null where it has none, and without a merchant"`
	Position   *string       `json:"standing" doc:"between which of the shown percentiles the value lies, such as p25_p50, below_p10 or above_p90"`
	P10        *float64      `json:"p10" doc:"percentiles over the industry's owners, rounded to two digits; null where left out"`
	P25        *float64      `json:"p25"`
	P50        *float64      `json:"p50"`
	P75        *float64      `json:"p75"`
	P90        *float64      `json:"p90"`
	Merchants  int64         `json:"merchants" doc:"mini programs behind the band"`
	Owners     int64         `json:"owners" doc:"companies behind the band"`
	Suppressed *string       `json:"suppressed" doc:"why there is no band: too_few_owners or dominant_owner; null where there is one"`
	State      metrics.State `json:"state" enum:"final,open,not_due"`
}

// Query asks for benchmarks of a merchant, of an industry, or of all industries.
// There is no choice of days: two of them could be subtracted.
type Query struct {
	metrics.Scope
}

// Window is the days that a metric covers, both ends in.
type Window struct {
	From, To sevenday.Day
}

// Weeks is how many whole weeks a metric covers.
const Weeks = 4

// WindowOf returns the last four whole weeks that are closed for all groups and
// whose figures no later day can change; false before the watermark has begun to
// move. It is the same for everybody on the platform.
func WindowOf(m Metric, groups metrics.Groups) (Window, bool) {
	if len(groups) == 0 {
		return Window{}, false
	}
	closed := slices.MinFunc(groups, func(a, b metrics.Group) int { return cmp.Compare(a.Closed, b.Closed) }).Closed
	to := (closed - m.Days() + 1).Monday() - 1
	window := Window{to - 7*Weeks + 1, to}
	return window, window.From > 0
}

// Answer is everything that the rows of one question are made from.
type Answer struct {
	Query
	Groups   metrics.Groups // of all merchants of the platform
	Programs []Program      // of the industries in question, all of each
}

// Rows returns the metrics of the merchant beside its industry's bands; of an
// industry, or of all of them, the bands by themselves. Money is compared within
// a currency, so an industry has a row for each. A merchant without anything
// below the line of a metric has no value, and is shown the band all the same.
//
// Nobody's row holds anything of another company but what BandOf allows.
//
// Source: docs/metrics.md, benchmarks.
func (a *Answer) Rows() []Row {
	var rows []Row
	for _, industry := range a.industries() {
		for _, m := range Metrics {
			for _, currency := range a.currencies(industry, m) {
				rows = append(rows, a.row(industry, m, currency))
			}
		}
	}
	return rows
}

// industries lists those that are asked for, by name.
func (a *Answer) industries() []string {
	var names []string
	for i := range a.Programs {
		if p := &a.Programs[i]; a.Merchant == "" || p.MerchantID == a.Merchant {
			names = append(names, p.Industry)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// currencies lists the currencies in which a metric is compared, "" for one that
// is not money.
func (a *Answer) currencies(industry string, m Metric) []string {
	if m.Unit() != Amount {
		return []string{""}
	}
	var names []string
	for i := range a.Programs {
		p := &a.Programs[i]
		if p.Industry == industry && (a.Merchant == "" || p.MerchantID == a.Merchant) {
			names = append(names, p.Currency)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (a *Answer) row(industry string, m Metric, currency string) Row {
	row := Row{
		MerchantID: metrics.NonZero(a.Merchant), Industry: industry, Metric: m, Unit: m.Unit(),
		Currency: metrics.NonZero(currency), State: metrics.Open,
	}
	window, ok := WindowOf(m, a.Groups)
	if !ok {
		row.Suppressed = metrics.Optional(string(TooFewOwners))
		return row
	}
	row.From, row.To = &window.From, &window.To
	var points []Point
	for i := range a.Programs {
		p := &a.Programs[i]
		if p.Industry != industry || (currency != "" && p.Currency != currency) {
			continue
		}
		points = append(points, p.point(m))
		if above, below := p.ratio(m); p.MerchantID == a.Merchant && below > 0 {
			row.Value = metrics.Optional(above / below)
		}
	}
	band := BandOf(points)
	row.show(&band)
	return row
}

func (r *Row) show(b *Band) {
	r.P10, r.P25, r.P50, r.P75, r.P90 = b.P10, b.P25, b.P50, b.P75, b.P90
	r.Merchants, r.Owners, r.Suppressed = int64(b.Merchants), int64(b.Owners), metrics.NonZero(string(b.Refused))
	if r.Owners > 0 || r.Value != nil {
		r.State = metrics.Final
	}
	if r.Value != nil {
		r.Position = metrics.NonZero(b.position(*r.Value))
	}
}

// position tells between which of the shown percentiles a value lies, "" where
// none is shown. A value equal to one lies above it.
func (b *Band) position(value float64) string {
	names := [...]string{"p10", "p25", "p50", "p75", "p90"}
	under, over := "", ""
	for i, p := range [...]*float64{b.P10, b.P25, b.P50, b.P75, b.P90} {
		switch {
		case p == nil:
		case value >= *p:
			under = names[i]
		case over == "":
			over = names[i]
		}
	}
	switch {
	case under == "" && over == "":
		return ""
	case under == "":
		return "below_" + over
	case over == "":
		return "above_" + under
	default:
		return under + "_" + over
	}
}
