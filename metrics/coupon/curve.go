package coupon

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// CurveQuery asks for the redemption curve of the coupons claimed in a range of
// days. Without a breakdown there is one curve, else one more for each value.
type CurveQuery struct {
	metrics.Scope
	metrics.Range
	By Breakdown `json:"by,omitempty"`
}

// Validate tells what is wrong with the question.
func (q CurveQuery) Validate() error {
	if q.By == "" {
		return nil
	}
	return Query{By: q.By}.Validate()
}

// CurveRow is one step of a redemption curve.
type CurveRow struct {
	MerchantID *string       `json:"merchant_id"`
	Industry   *string       `json:"industry"`
	Value      *string       `json:"value" doc:"placement, campaign or kind; null for all"`
	N          int64         `json:"n" doc:"days since the claim"`
	AtRisk     int64         `json:"at_risk" doc:"claimed coupons seen that long, neither redeemed nor gone before"`
	Redeemed   int64         `json:"redeemed" doc:"coupons redeemed that many days after the claim, and not returned"`
	Censored   int64         `json:"censored" doc:"coupons seen no longer: claimed that many days ago, given away or voided"`
	Rate       *float64      `json:"rate" doc:"share of the coupons redeemed by that day: 1 - the Kaplan-Meier curve"`
	Low        *float64      `json:"low"`
	High       *float64      `json:"high"`
	State      metrics.State `json:"state" enum:"final,open,not_due"`
}

// CurveSums are the coupons of a scope whose time ends at an age, in the form
// that a database sums.
type CurveSums struct {
	Value    string `ch:"value"`
	Age      int32  `ch:"age"` // days since the claim
	Redeemed int64  `ch:"redeemed"`
	Censored int64  `ch:"censored"`
}

// CurveAnswer is everything that the rows of one question are made from.
type CurveAnswer struct {
	CurveQuery
	Groups metrics.Groups // of the merchants in scope
	Cells  []CurveSums    // by (value, age), of the records of closed days
}

// Rows returns the steps of the curves: all coupons first, then each value, by
// the days since the claim. Days on which no coupon's time ends have no step.
//
//	rate(n) = 1 - product over ages a <= n of (1 - redeemed(a)/at risk(a))
//
// A coupon's time begins with its claim. It ends with its redemption; a returned
// one was not redeemed. A coupon that was given away or voided is censored on
// that day: nobody knows when its holder would have used it. Every other coupon
// is censored at the last closed day: an open one is no failure yet, and one that
// expired can no longer be redeemed but was once claimed, so it stays in the
// denominator as long as coupons claimed on its day can be seen. That makes the
// curve of old claims end at their redemption rate.
//
// The interval takes coupons as independent; see interval.KaplanMeier. A step is
// final when the day so many days after the last of the range is closed; without
// a last day all of them are open.
//
// Source: docs/metrics.md, coupons.
func (a *CurveAnswer) Rows() []CurveRow {
	curves := map[key]map[int32]*interval.Lifetimes{}
	for i := range a.Cells {
		c := &a.Cells[i]
		addLives(curves, key{all: true}, c)
		if a.By != "" {
			addLives(curves, key{value: c.Value}, c)
		}
	}
	rows := []CurveRow{}
	for _, k := range slices.SortedFunc(maps.Keys(curves), a.By.compare) {
		lives := make([]interval.Lifetimes, 0, len(curves[k]))
		for _, l := range curves[k] {
			if l.Events != 0 || l.Censored != 0 {
				lives = append(lives, *l)
			}
		}
		slices.SortFunc(lives, func(a, b interval.Lifetimes) int { return cmp.Compare(a.Age, b.Age) })
		for _, step := range interval.KaplanMeier(lives, interval.Level) {
			rows = append(rows, a.row(k, &step))
		}
	}
	return rows
}

func addLives(curves map[key]map[int32]*interval.Lifetimes, k key, c *CurveSums) {
	if curves[k] == nil {
		curves[k] = map[int32]*interval.Lifetimes{}
	}
	l := curves[k][c.Age]
	if l == nil {
		l = &interval.Lifetimes{Age: c.Age}
		curves[k][c.Age] = l
	}
	l.Events += c.Redeemed
	l.Censored += c.Censored
}

func (a *CurveAnswer) row(k key, step *interval.Survival) CurveRow {
	row := CurveRow{
		N: int64(step.Age), AtRisk: step.AtRisk, Redeemed: step.Events, Censored: step.Censored,
		Rate: metrics.Optional(1 - step.Survival), State: metrics.Open,
	}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	if !k.all {
		row.Value = &k.value
	}
	if step.Bounded {
		row.Low, row.High = metrics.Optional(1-step.Interval.High), metrics.Optional(1-step.Interval.Low)
	}
	if a.To > 0 {
		last := a.To - 1 + sevenday.Day(step.Age)
		row.State = a.Groups.State(last, last)
	}
	return row
}
