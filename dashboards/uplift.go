package dashboards

import (
	"context"

	"sevenday/metrics"
)

// Uplifts answers what a capability did to sales. The answer has the scope
// itself first and, for the platform, its industries after it; it is empty as
// long as nothing is computed.
type Uplifts interface {
	Uplift(ctx context.Context, scope metrics.Scope) ([]Uplift, error)
}

// Uplift is the estimated effect of switching a capability on in one scope, in
// growth fractions: 0.23 is 23 % more than without it.
type Uplift struct {
	Merchant   *string          `json:"merchant_id"`
	Industry   *string          `json:"industry"`
	Capability string           `json:"capability" doc:"what was switched on, installments by default"`
	Estimand   string           `json:"estimand" doc:"which quantity is estimated: geometric, ratio_of_sums, mean_of_ratios or poisson"`
	Value      *float64         `json:"value" doc:"growth as a fraction; null where refused"`
	Low        *float64         `json:"low" doc:"lower end of the 95 % interval"`
	High       *float64         `json:"high"`
	Treated    int64            `json:"treated" doc:"merchants that switched it on inside the window"`
	Control    int64            `json:"control" doc:"merchants compared with"`
	LeftOut    int64            `json:"left_out" doc:"merchants left out: treated before the window, switched off inside it, a week without sales"`
	Naive      *float64         `json:"naive" doc:"what a plain before/after reading says; not an effect"`
	PreTrendP  *float64         `json:"pre_trend_p" doc:"p of the sup-t test that the weeks before adoption differ from none; null where not tested"`
	Event      []UpliftWeek     `json:"event" doc:"by week relative to adoption; empty where refused"`
	Warnings   []UpliftWarning  `json:"warnings"`
	Refused    *UpliftRefusal   `json:"refused" doc:"why there is no figure; null where there is one"`
	Series     []UpliftEstimate `json:"estimators" doc:"other estimators of the same effect, for comparison"`
}

// UpliftWeek is one point of the event study: the effect in a week relative to
// the one in which the capability was switched on.
type UpliftWeek struct {
	Week    int      `json:"week" doc:"relative week; 0 contains the switch-on and is partial, negative ones come before"`
	Value   float64  `json:"value" doc:"growth as a fraction"`
	Low     *float64 `json:"low" doc:"simultaneous 95 % band; null in the reference week"`
	High    *float64 `json:"high"`
	Treated int64    `json:"treated" doc:"merchants behind the week"`
}

// UpliftWarning is something a reader must know before using the figure.
type UpliftWarning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// UpliftRefusal says why no figure is given.
type UpliftRefusal struct {
	Code    string `json:"code" doc:"not_identified, too_few, pre_trend"`
	Message string `json:"message"`
}

// UpliftEstimate is the same effect by another estimator.
type UpliftEstimate struct {
	Estimator string   `json:"estimator"`
	Value     *float64 `json:"value"`
	Low       *float64 `json:"low"`
	High      *float64 `json:"high"`
}
