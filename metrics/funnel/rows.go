package funnel

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/interval"
)

// Cell is one step of the users who entered on a day.
type Cell struct {
	Day   sevenday.Day // 0 where final days are pooled
	Step  int          // from 0
	Sums  interval.ClusterSums
	Times *Quantiles // nil for the first step and where nobody reached it
}

// GroupSums are one step of the default funnel for the users of a scope, in the
// form that a database sums. The clusters are merchants: v is a merchant's users
// who entered, c those of them who reached the step.
type GroupSums struct {
	Day      sevenday.Day `ch:"day"`  // 0 where final days are pooled
	Step     uint8        `ch:"step"` // from 1
	Clusters uint64       `ch:"clusters"`
	V        float64      `ch:"v"`
	C        float64      `ch:"c"`
	VV       float64      `ch:"vv"`
	VC       float64      `ch:"vc"`
	CC       float64      `ch:"cc"`
	Buckets  []uint32     `ch:"buckets"`
	Counts   []uint64     `ch:"counts"`
}

// Cell returns the sums as a cell.
func (g *GroupSums) Cell() Cell {
	c := Cell{Day: g.Day, Step: int(g.Step) - 1}
	c.Sums = interval.ClusterSums{Clusters: int64(g.Clusters), V: g.V, C: g.C, VV: g.VV, VC: g.VC, CC: g.CC}
	if q, ok := bucketQuantiles(g.Buckets, g.Counts); ok {
		c.Times = &q
	}
	return c
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Closing *conversion.Closing // of the merchants in scope
	Cells   []Cell              // by (day, step), all steps of a day; day 0 pools the final days of each merchant
}

// Reach is how long after its day a cell of the funnel can change.
func (f *Funnel) Reach() conversion.Reach { return conversion.Reach{Window: f.Window} }

// Rows returns every step of every day on which somebody entered, in the order
// of days and steps, and last the steps of the range.
//
//	share = users / entered
//	drop_off = (users of the step before - users) / users of the step before
//
// A user counts once for each day with an event that meets the first step, with
// the deepest of the tries that begin on it. A day is final when the window of
// its last try, and where the funnel has a payment the settlement, is over for
// every merchant in scope. The range pools the final days of each merchant: it
// adds up user-days, is always there, and without a final day is open.
//
// Times are those from the first step of the user's deepest try to the step,
// over those who reached it; a quantile is the least time that at least such a
// share of them took no longer than.
//
// Intervals: Wilson for one merchant's day, where each user counts once, users
// as clusters for its range, merchants as clusters for more of them. The first
// step has none: its share is 1 by definition.
//
// Source: docs/metrics.md, funnels.
func (a *Answer) Rows() []Row {
	byDay := make(map[sevenday.Day][]Cell)
	for _, c := range a.Cells {
		byDay[c.Day] = append(byDay[c.Day], c)
	}
	var days []sevenday.Day
	for day, cells := range byDay {
		slices.SortFunc(cells, func(x, y Cell) int { return cmp.Compare(x.Step, y.Step) })
		if day != 0 {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	if len(byDay[0]) == 0 {
		byDay[0] = make([]Cell, len(a.Steps))
		for step := range a.Steps {
			byDay[0][step].Step = step
		}
	}
	var rows []Row
	for _, day := range append(days, 0) {
		rows = append(rows, a.rows(day, byDay[day])...)
	}
	return rows
}

// rows returns the steps of one day, or of the range.
func (a *Answer) rows(day sevenday.Day, steps []Cell) []Row {
	rows := make([]Row, len(steps))
	for i := range steps {
		c := &steps[i]
		rows[i] = Row{
			MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry),
			Funnel: a.Funnel.String(), Mode: a.Mode, WindowHours: float64(a.Window) / (60 * 60 * 1000),
			Day: metrics.NonZero(day), Position: int64(c.Step + 1), Event: a.Steps[c.Step].String(),
			Entered: int64(c.Sums.V), Users: int64(c.Sums.C), State: a.state(c),
		}
		rows[i].setRates(a, c)
		if i > 0 {
			rows[i].setDropOff(rows[i-1].Users)
		}
		rows[i].setTimes(c.Times)
	}
	return rows
}

func (a *Answer) state(c *Cell) metrics.State {
	switch {
	case c.Day != 0:
		return a.Closing.State(c.Day)
	case c.Sums.V > 0:
		return metrics.Final
	default:
		return metrics.Open
	}
}

func (r *Row) setRates(a *Answer, c *Cell) {
	if c.Sums.V == 0 {
		return
	}
	r.Share = metrics.Optional(c.Sums.C / c.Sums.V)
	if c.Step == 0 {
		return
	}
	i, ok := interval.Clustered(c.Sums, interval.Level)
	if a.Merchant != "" && c.Day != 0 {
		i, ok = interval.Wilson(r.Users, r.Entered, interval.Level)
	}
	if ok {
		r.Low, r.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
}

func (r *Row) setDropOff(before int64) {
	r.Dropped = metrics.Optional(before - r.Users)
	if before > 0 {
		r.DropOff = metrics.Optional(float64(before-r.Users) / float64(before))
	}
}

func (r *Row) setTimes(times *Quantiles) {
	if times == nil {
		return
	}
	for i, into := range []**float64{&r.P25Seconds, &r.P50Seconds, &r.P75Seconds, &r.P90Seconds} {
		*into = metrics.Optional(float64(times[i]) / 1000)
	}
}
