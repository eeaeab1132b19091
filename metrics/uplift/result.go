package uplift

import (
	"cmp"
	"slices"

	"sevenday"
)

// Scopes and estimands of a Result.
const (
	ScopePlatform     = "platform"
	ScopeIndustry     = "industry"
	EstimandGeometric = "geometric" // exp(ATT on log sales) - 1
)

// Warnings of a Result beside those of its estimate.
const (
	CodeZeroWeeks Code = "zero_weeks" // more than 5 % of the merchants have a week without sales
	CodePreTrend  Code = "pre_trend"  // adopters already moved differently before
)

// Result is the uplift of one scope, with what is needed to judge it. Growths
// are fractions: 0.23 is +23 %. Where Refused is not nil there is no estimate.
type Result struct {
	Scope        string        `json:"scope"`    // platform or industry
	Industry     *string       `json:"industry"` // null for the platform
	Estimand     string        `json:"estimand"`
	Estimate     *float64      `json:"estimate"`
	Low          *float64      `json:"low"` // 95 %, analytic error
	High         *float64      `json:"high"`
	LogEffect    *float64      `json:"log_effect"` // ATT in log points
	LogSE        *float64      `json:"log_se"`
	MDE          *float64      `json:"mde"`       // smallest effect found 4 times in 5, in log points: 2.80 standard errors
	Treated      int           `json:"n_treated"` // merchants that adopted inside the window
	Control      int           `json:"n_control"`
	ControlGroup Control       `json:"control_group"`
	Weeks        int           `json:"weeks"`
	FirstWeek    *sevenday.Day `json:"first_week"` // Mondays; null without rows
	LastWeek     *sevenday.Day `json:"last_week"`
	LeftOut      []LeftOut     `json:"left_out"`
	PreTrend     *PreTrend     `json:"pretrend"` // null where there is no lead to test
	EventStudy   []EventWeek   `json:"event_study"`
	Naive        *Naive        `json:"naive"` // null without treated merchants
	Bootstrap    *Bootstrap    `json:"bootstrap"`
	Warnings     []Warning     `json:"warnings"`
	Refused      *Refusal      `json:"refused"`
}

// LeftOut counts the merchants that were left out for one reason.
type LeftOut struct {
	Reason    Code `json:"reason"`
	Merchants int  `json:"merchants"`
}

// PreTrend is the sup-t test over the event study's leads.
type PreTrend struct {
	Statistic float64 `json:"statistic"`
	P         float64 `json:"p"`
	Rejected  bool    `json:"rejected"` // at 5 %
}

// EventWeek is the growth in one week relative to the week of adoption. The
// intervals are null in the week that the others are compared with.
type EventWeek struct {
	RelativeWeek int      `json:"relative_week"`
	Partial      bool     `json:"partial"` // week 0 contains days before the adoption
	Estimate     float64  `json:"estimate"`
	Low          *float64 `json:"low"` // 95 % for this week alone
	High         *float64 `json:"high"`
	LowUniform   *float64 `json:"low_uniform"` // 95 % for all weeks at once
	HighUniform  *float64 `json:"high_uniform"`
	Treated      int      `json:"n_treated"` // merchants observed in that relative week
}

// Naive is what a naive reading says; it is no effect.
type Naive struct {
	// BeforeAfter is the adopters' growth from their weeks before to their
	// weeks after: exp(mean over adopters of the difference of mean logs) - 1.
	BeforeAfter float64 `json:"before_after"`
}

// Bootstrap tells how the bands and the test were drawn, so that they can be
// drawn again.
type Bootstrap struct {
	Draws    int     `json:"draws"`
	Seed     uint64  `json:"seed"`
	Critical float64 `json:"critical_value"`
}

// leftOut lists counts by reason, in the reasons' order.
func leftOut(counts map[Code]int) []LeftOut {
	list := make([]LeftOut, 0, len(counts))
	for reason, merchants := range counts {
		list = append(list, LeftOut{Reason: reason, Merchants: merchants})
	}
	slices.SortFunc(list, func(a, b LeftOut) int { return cmp.Compare(a.Reason, b.Reason) })
	return list
}
