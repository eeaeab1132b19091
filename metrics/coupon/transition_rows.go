package coupon

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// TransitionQuery asks which steps coupons took over a range of days.
type TransitionQuery struct {
	metrics.Scope
	metrics.Range
}

// TransitionRow counts the records that led coupons from one state to a stage.
type TransitionRow struct {
	MerchantID *string       `json:"merchant_id"`
	Industry   *string       `json:"industry"`
	Day        *sevenday.Day `json:"day" doc:"day of the records; null is the range"`
	Before     *string       `json:"before" doc:"state before the record; null for an issue and for a gift received; what was claimed without an issue was issued all the same"`
	Stage      string        `json:"stage" doc:"stage of the record; received is the other side of gifted"`
	Possible   bool          `json:"possible" doc:"false: such a record cannot follow that state"`
	Records    int64         `json:"records" doc:"how many there were"`
	State      metrics.State `json:"state" enum:"final,open,not_due"`
}

// TransitionSums count the records of a scope on a day, in the form that a
// database sums.
type TransitionSums struct {
	Day      sevenday.Day   `ch:"day"`
	Before   sevenday.Stage `ch:"before"`
	Stage    sevenday.Stage `ch:"stage"`
	Possible bool           `ch:"possible"`
	Records  uint64         `ch:"records"`
}

func (s *TransitionSums) key(day sevenday.Day) transitionKey {
	return transitionKey{day, s.Before, s.Stage, s.Possible}
}

// TransitionAnswer is everything that the rows of one question are made from.
// Days that have not begun are in none of it.
type TransitionAnswer struct {
	TransitionQuery
	Groups metrics.Groups // of the merchants in scope
	Cells  []TransitionSums
}

// Rows returns the transitions by day, state before and stage, and last those of
// the range. A day is final when it is closed, a range when all of its days are;
// without a last day it is open.
//
// Source: docs/metrics.md, coupons.
func (a *TransitionAnswer) Rows() []TransitionRow {
	records := map[transitionKey]int64{}
	for i := range a.Cells {
		c := &a.Cells[i]
		records[c.key(c.Day)] += int64(c.Records)
		records[c.key(0)] += int64(c.Records)
	}
	rows := make([]TransitionRow, 0, len(records))
	for _, k := range slices.SortedFunc(maps.Keys(records), compareTransitions) {
		row := TransitionRow{
			Day: metrics.NonZero(k.day), Before: metrics.NonZero(k.before.String()), Stage: k.stage.String(),
			Possible: k.possible, Records: records[k], State: metrics.Open,
		}
		row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
		last := k.day
		if k.day == 0 {
			last = a.To - 1
		}
		if last > 0 {
			row.State = a.Groups.State(last, last)
		}
		rows = append(rows, row)
	}
	return rows
}

func compareTransitions(a, b transitionKey) int {
	return cmp.Or(
		cmp.Compare(uint32(a.day)-1, uint32(b.day)-1), cmp.Compare(a.before, b.before), cmp.Compare(a.stage, b.stage),
		cmp.Compare(one(b.possible), one(a.possible)),
	)
}
