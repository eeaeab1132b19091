package uplift

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Kind is what an aggregate averages over.
type Kind string

// The kinds.
const (
	KindSimple   Kind = "simple"   // all treated cells
	KindEvent    Kind = "event"    // by relative time
	KindGroup    Kind = "group"    // by group
	KindCalendar Kind = "calendar" // by period
)

// Aggregate is an average of ATT(g,t), in rows and overall.
type Aggregate struct {
	Kind    Kind
	Overall Effect
	Rows    []AggregateRow // ascending by key; none for KindSimple

	panel        *Panel
	anticipation int
	overall      []float64   // influence of each unit
	influence    [][]float64 // [row][unit]
}

// AggregateRow is the average of the cells that share a key: the relative time,
// the group or the period.
type AggregateRow struct {
	Effect
	Key int
}

// Simple returns the average over all treated cells, each weighing as much as
// its group has units.
//
//	sum over g and t >= g of n(g)·ATT(g,t) / sum of n(g)
//
// The second result is false when no treated cell has an estimate. Source:
// Callaway and Sant'Anna (2021), section 3.
func (gt *GroupTime) Simple() (Aggregate, bool) {
	cells := gt.choose(func(c Cell) bool { return c.Time >= c.Group })
	a := gt.newAggregate(KindSimple)
	a.Overall, a.overall = gt.average(cells)
	return a, len(cells) > 0
}

// EventStudy returns the effect by relative time t-g: leads, which should be 0,
// and lags. A row averages over the groups observed at that relative time, by
// their size, so its make-up changes from row to row; BalancedEventStudy keeps
// it. Overall is the plain mean of the rows from relative time 0 on. The second
// result is false when no treated cell has an estimate.
//
// Source: Callaway and Sant'Anna (2021), section 3.
func (gt *GroupTime) EventStudy() (Aggregate, bool) {
	return gt.eventStudy(gt.choose(func(Cell) bool { return true }))
}

// BalancedEventStudy returns the event study of the groups that are observed at
// least until relative time horizon, in the relative times at which all of
// them are observed after treatment. Source: the same.
func (gt *GroupTime) BalancedEventStudy(horizon int) (Aggregate, bool) {
	span := gt.lastTime - gt.Cells[0].Time
	return gt.eventStudy(gt.choose(func(c Cell) bool {
		return gt.lastTime-c.Group >= horizon && c.Relative() <= horizon && c.Relative() >= horizon-span
	}))
}

func (gt *GroupTime) eventStudy(cells []int) (Aggregate, bool) {
	a := gt.byKey(KindEvent, cells, Cell.Relative)
	return a, a.meanFrom(0)
}

// ByPeriod returns the effect in each period from the first treated one on,
// over the groups treated by then; overall is the plain mean of the periods.
// The second result is false when no treated cell has an estimate. Source: the
// same.
func (gt *GroupTime) ByPeriod() (Aggregate, bool) {
	cells := gt.choose(func(c Cell) bool { return c.Time >= c.Group })
	a := gt.byKey(KindCalendar, cells, func(c Cell) int { return c.Time })
	if len(a.Rows) == 0 {
		return a, false
	}
	return a, a.meanFrom(a.Rows[0].Key)
}

// ByGroup returns each group's mean effect over its treated periods; overall
// averages the groups by their size. The second result is false when no treated
// cell has an estimate. Source: the same.
func (gt *GroupTime) ByGroup() (Aggregate, bool) {
	cells := gt.choose(func(c Cell) bool { return c.Time >= c.Group })
	a := gt.byKey(KindGroup, cells, func(c Cell) int { return c.Group })
	if len(a.Rows) == 0 {
		return a, false
	}
	effects := make([]float64, len(a.Rows))
	groups := make([]int, len(a.Rows))
	for i, row := range a.Rows {
		effects[i], groups[i] = row.Estimate, row.Key
	}
	a.Overall.Estimate, a.overall = gt.averageOf(effects, groups, func(i int, vector []float64, weight float64) {
		floats.AddScaled(vector, weight, a.influence[i])
	})
	a.Overall.SE = gt.panel.standardError(a.overall)
	return a, true
}

func (gt *GroupTime) newAggregate(kind Kind) Aggregate {
	return Aggregate{Kind: kind, panel: gt.panel, anticipation: gt.Options.Anticipation}
}

// choose returns the indices of the cells that have an estimate and are wanted.
func (gt *GroupTime) choose(wanted func(Cell) bool) []int {
	var cells []int
	for i, cell := range gt.Cells {
		if cell.Missing == "" && wanted(cell) {
			cells = append(cells, i)
		}
	}
	return cells
}

// byKey averages the cells of each key.
func (gt *GroupTime) byKey(kind Kind, cells []int, key func(Cell) int) Aggregate {
	a := gt.newAggregate(kind)
	of := func(cell int) int { return key(gt.Cells[cell]) }
	slices.SortStableFunc(cells, func(x, y int) int { return cmp.Compare(of(x), of(y)) })
	for len(cells) > 0 {
		end := 1
		for end < len(cells) && of(cells[end]) == of(cells[0]) {
			end++
		}
		effect, influence := gt.average(cells[:end])
		a.Rows = append(a.Rows, AggregateRow{Effect: effect, Key: of(cells[0])})
		a.influence = append(a.influence, influence)
		cells = cells[end:]
	}
	return a
}

// meanFrom makes overall the plain mean of the rows whose key is at least
// first, false when there is none.
func (a *Aggregate) meanFrom(first int) bool {
	a.overall = make([]float64, a.panel.Units())
	rows := 0
	for i, row := range a.Rows {
		if row.Key >= first {
			rows++
			a.Overall.Estimate += row.Estimate
			floats.Add(a.overall, a.influence[i])
		}
	}
	if rows == 0 {
		return false
	}
	a.Overall.Estimate /= float64(rows)
	floats.Scale(1/float64(rows), a.overall)
	a.Overall.SE = a.panel.standardError(a.overall)
	return true
}

// average averages cells by the size of their groups.
func (gt *GroupTime) average(cells []int) (Effect, []float64) {
	effects := make([]float64, len(cells))
	groups := make([]int, len(cells))
	for i, cell := range cells {
		effects[i], groups[i] = gt.Cells[cell].Estimate, gt.Cells[cell].Group
	}
	estimate, influence := gt.averageOf(effects, groups, func(i int, vector []float64, weight float64) {
		gt.influence[cells[i]].addTo(vector, weight)
	})
	return Effect{Estimate: estimate, SE: gt.panel.standardError(influence)}, influence
}

// averageOf averages effects by the size of their groups and returns the
// influence, which add puts together from that of the effects.
//
// The groups' shares s(g) are estimated too: a unit of group g moves the
// average by the sum over g's effects of (effect - average) / sum of shares.
func (gt *GroupTime) averageOf(effects []float64, groups []int, add func(i int, vector []float64, weight float64)) (float64, []float64) {
	influence := make([]float64, gt.panel.Units())
	if len(effects) == 0 {
		return 0, influence
	}
	shares := make([]float64, len(effects))
	for i, group := range groups {
		shares[i] = gt.share(group)
	}
	total := floats.Sum(shares)
	average := floats.Dot(shares, effects) / total
	moves := map[int]float64{}
	for i, effect := range effects {
		add(i, influence, shares[i]/total)
		moves[groups[i]] += (effect - average) / total
	}
	for _, group := range gt.groups {
		gt.moveByShare(influence, group, moves[group.group])
	}
	return average, influence
}

func (gt *GroupTime) moveByShare(influence []float64, group cohort, move float64) {
	for unit := group.from; unit < group.to; unit++ {
		if gt.panel.weights == nil {
			influence[unit] += move
		} else {
			influence[unit] += move * gt.panel.weights[unit]
		}
	}
}

// share returns the group's share of the panel's weight.
func (gt *GroupTime) share(group int) float64 {
	i, _ := slices.BinarySearchFunc(gt.groups, group, func(c cohort, g int) int { return cmp.Compare(c.group, g) })
	c := gt.groups[i]
	n := float64(gt.panel.Units())
	if gt.panel.weights == nil {
		return float64(c.size()) / n
	}
	return floats.Sum(gt.panel.weights[c.from:c.to]) / n
}
