package retention

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// GroupSums are one measure of the cohorts of one or more merchants, in the form
// that a database sums: arrays over n = 0..MaxN of sums over merchants. V is a
// merchant's cohort, C those of it who returned.
type GroupSums struct {
	TimeZone    string       `ch:"time_zone"`  // of the merchants summed here; empty where they differ
	Value       string       `ch:"value,low"`  // of the breakdown
	CohortDay   sevenday.Day `ch:"cohort_day"` // 0 where final cohorts are pooled
	Measure     string       `ch:"measure"`
	Merchants   []float64    `ch:"merchants"` // with a cohort that has users
	V           []float64    `ch:"v"`
	C           []float64    `ch:"c"`
	VV          []float64    `ch:"vv"`
	VC          []float64    `ch:"vc"`
	CC          []float64    `ch:"cc"`
	Rate        []float64    `ch:"rate"`
	RateSquared []float64    `ch:"rate_squared"`
}

// tally is one cell of a group: the sums of one n.
type tally struct {
	interval.ClusterSums
	rates interval.MeanSums
}

func (g *GroupSums) at(n int) tally {
	return tally{
		ClusterSums: interval.ClusterSums{
			Clusters: int64(g.Merchants[n]), V: g.V[n], C: g.C[n], VV: g.VV[n], VC: g.VC[n], CC: g.CC[n],
		},
		rates: interval.MeanSums{N: int64(g.Merchants[n]), Sum: g.Rate[n], SumSquares: g.RateSquared[n]},
	}
}

func (t *tally) add(other tally) {
	t.ClusterSums.Add(other.ClusterSums)
	t.rates.Add(other.rates)
}

// state of the cell of a cohort: which periods does it need, and where are
// those of the zone?
func (q *Query) state(cohortDay sevenday.Day, measure Measure, n int, zone metrics.LastDays) metrics.State {
	cohort := q.Period.Index(cohortDay)
	first, last := cohort+int32(n), cohort+int32(n)
	if measure == WithinN {
		first = cohort + 1
	}
	state := zone.State(q.Period.First(first), q.Period.Last(last))
	if measure == UnboundedN && state == metrics.Final {
		return metrics.Open // a later day can still bring somebody back
	}
	return state
}

// widen returns the state of a cell whose parts have these states: it is only
// as far as the least of them, and open as soon as part of it has begun.
func widen(a, b metrics.State) metrics.State {
	if a == b {
		return a
	}
	return metrics.Open
}
