package loop

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// Steps lists the steps in the order in which they are always shown.
var Steps = [...]Step{Paid, Claimed, Kept, CameBack, Redeemed, PaidAgain, PaidAgainNotClaimed}

// Days returns how many days after the day of the payment the step can still be
// taken: a window of hours ends at the end of the day plus the window.
func (s Step) Days() sevenday.Day {
	switch s {
	case Paid:
		return 0
	case Claimed:
		return sevenday.Day(claimIn / day)
	case Kept:
		return sevenday.Day(keepIn / day)
	default:
		return sevenday.Day(returnIn / day)
	}
}

// GroupSums are one step of the users of a scope, in the form that a database
// sums. The clusters are merchants: v is a merchant's cohort, c those of it who
// took the step. For PaidAgainNotClaimed the cohort is those who did not claim.
type GroupSums struct {
	Day      sevenday.Day `ch:"day"` // 0 where final days are pooled
	Step     string       `ch:"step"`
	Clusters uint64       `ch:"clusters"`
	V        float64      `ch:"v"`
	C        float64      `ch:"c"`
	VV       float64      `ch:"vv"`
	VC       float64      `ch:"vc"`
	CC       float64      `ch:"cc"`
}

func (g *GroupSums) sums() interval.ClusterSums {
	return interval.ClusterSums{Clusters: int64(g.Clusters), V: g.V, C: g.C, VV: g.VV, VC: g.VC, CC: g.CC}
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Groups metrics.Groups // of the merchants in scope
	Cells  []GroupSums    // by (day, step)
	Pooled []GroupSums    // by step, over the days of each merchant that are final for the step
}

// Rows returns every step of every day on which somebody paid, in the order of
// days and steps, and last the steps of the range.
//
//	share = users who took the step / users of the cohort
//
// Each step has a horizon of its own, and so its own state: the cohort itself is
// final with its day, a claim a day later, collecting or following seven days
// later, the other steps thirty. The range's row of a step pools the days that
// are final for it, so the steps of one range may have different cohorts; it is
// always there: without a final day its counts are 0, its share is null, and it
// is open.
//
// Intervals: Wilson for one merchant's day, where each user counts once;
// merchants as clusters for industries and the platform. A range of one merchant
// has none, because one user can stand in the cohorts of many days; neither has
// the cohort itself, whose share is 1 by definition.
//
// Source: docs/metrics.md, the loop of the payment-success page.
func (a *Answer) Rows() []Row {
	slices.SortFunc(a.Cells, func(x, y GroupSums) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(Step(x.Step).order(), Step(y.Step).order()))
	})
	rows := make([]Row, 0, len(a.Cells)+len(Steps))
	for i := range a.Cells {
		c := &a.Cells[i]
		row := a.row(c, a.Groups.State(c.Day, c.Day+Step(c.Step).Days()))
		row.Day = metrics.Optional(c.Day)
		rows = append(rows, row)
	}
	for _, step := range Steps {
		rows = append(rows, a.pooled(step))
	}
	return rows
}

func (s Step) order() int { return slices.Index(Steps[:], s) }

func (a *Answer) pooled(step Step) Row {
	sums := GroupSums{Step: string(step)}
	for _, g := range a.Pooled {
		if g.Step == sums.Step {
			sums = g
		}
	}
	state := metrics.Open
	if sums.V > 0 {
		state = metrics.Final
	}
	return a.row(&sums, state)
}

func (a *Answer) row(g *GroupSums, state metrics.State) Row {
	row := Row{Step: Step(g.Step), Cohort: int64(g.V), Users: int64(g.C), State: state}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	if g.V == 0 {
		return row
	}
	row.Share = metrics.Optional(g.C / g.V)
	if i, ok := a.interval(g); ok {
		row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	return row
}

func (a *Answer) interval(g *GroupSums) (interval.Interval, bool) {
	switch {
	case Step(g.Step) == Paid:
		return interval.Interval{}, false
	case a.Merchant == "":
		return interval.Clustered(g.sums(), interval.Level)
	case g.Day == 0:
		return interval.Interval{}, false
	default:
		return interval.Wilson(int64(g.C), int64(g.V), interval.Level)
	}
}
