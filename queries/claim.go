package queries

import (
	"cmp"
	"fmt"

	"sevenday"
	"sevenday/metrics"
)

// Units of a claim.
const (
	unitCount  = "count"
	unitRate   = "rate"
	unitGrowth = "growth"
)

// platform is the scope of a claim about all merchants.
const platform = "platform"

// quoted are the figures that the platform's launch report gave, by claim and
// scope; those of merchants' cases by claim alone.
var quoted = map[string]string{
	"mean_seven_day_retention platform":       "29 %",
	"visit_conversion automobile_aftermarket": "over 15 %",
	"installment_uplift platform":             "+23 %",
	"orders_after_credit_exemption":           "doubled",
	"registered_users_after_credit_exemption": "+70 %",
	"sales_year_on_year":                      "+300 %",
}

// newClaim returns a claim without a figure yet.
func newClaim(name, scope, label, unit, estimand string) Claim {
	return Claim{
		Claim: name, Scope: scope, Label: label, Unit: unit, Estimand: estimand,
		Quoted: cmp.Or(quoted[name+" "+scope], quoted[name]),
	}
}

// with fills in a figure, what is behind it and over which days.
func (c Claim) with(value float64, n int64, basis string) Claim {
	c.Value, c.N, c.Basis = metrics.Optional(value), n, basis
	return c
}

// refused says why there is no figure.
func (c Claim) refused(n int64, basis, why string) Claim {
	c.N, c.Basis, c.Refused = n, basis, metrics.Optional(why)
	return c
}

// span is a range of days with both ends in, as a basis names it.
type span struct{ from, to sevenday.Day }

func (s span) String() string { return fmt.Sprintf("%s to %s", s.from, s.to) }

// days is the half-open range of the span.
func (s span) days() metrics.Range { return metrics.Range{From: s.from, To: s.to + 1} }

// before returns the span moved to the past.
func (s span) before(days sevenday.Day) span { return span{s.from - days, s.to - days} }

// parameters are the bounds {from} and {to} of a statement about the span's days.
func (s span) parameters() map[string]any {
	return map[string]any{"from": warehouseDay(s.from), "to": warehouseDay(s.to + 1)}
}
