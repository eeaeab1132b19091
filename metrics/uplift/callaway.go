package uplift

import (
	"math"
	"slices"
)

// Effect is an estimate with its standard error, in units of the outcome.
type Effect struct {
	Estimate float64
	SE       float64 // 0: not estimable, as at the reference cells of the universal base
}

// Interval returns the normal interval of the effect at z standard errors; the
// second result is false without an error.
func (e Effect) Interval(z float64) (low, high float64, ok bool) {
	return e.Estimate - z*e.SE, e.Estimate + z*e.SE, e.SE > 0
}

// Cell is ATT(g,t).
type Cell struct {
	Effect
	Group     int
	Time      int
	Base      int  // the period that Time is compared with
	Reference bool // Time is the base itself: 0 by construction
	Missing   Code // why there is no estimate; "" where there is one
	Treated   int  // units of the group
	Controls  int
}

// Relative returns the cell's relative time t-g, in the panel's own numbers.
func (c Cell) Relative() int { return c.Time - c.Group }

// GroupTime holds all ATT(g,t) of a panel, by group and then by time, with the
// influence of every unit on each.
type GroupTime struct {
	Cells    []Cell
	Options  Options
	Dropped  []Drop
	Warnings []Warning

	panel     *Panel
	influence []influence // [cell]; nil at reference and missing cells
	groups    []cohort    // the groups that have cells
	lastTime  int         // the last period with cells
}

// negligible is the standard error below which there is none: sqrt of float64's
// precision times ten, the limit of the reference program.
const negligible = 1.4901161193847656e-07

// CallawaySantAnna estimates ATT(g,t) for every group and period.
//
//	ATT(g,t) = mean change of group g since its base period
//	           - mean change of its controls, made comparable in the covariates
//
// In periods t >= g, and in the anticipated ones, the base is the last period
// before g - anticipation; for earlier periods it is the one before t (varying
// base) or the same (universal base). Controls that are not yet treated are
// treated later than both periods plus the anticipation. Where nobody is never
// treated, ControlNotYet takes the last group as control and ends the panel
// before that group may react.
//
// A group without a period before is left out and counted in Dropped. A cell
// without comparable controls has no estimate and says why in Missing. The
// error is a *Refusal: no treated group or no controls. It panics on unknown
// options.
//
// Source: Callaway and Sant'Anna (2021), sections 2 and 4;
// checked against did 2.5.1 in testdata/reference/uplift.
func CallawaySantAnna(panel *Panel, options Options) (*GroupTime, error) {
	options = options.WithDefaults()
	options.mustBeKnown()
	plan, refusal := newPlan(panel, options)
	if refusal != nil {
		return nil, refusal
	}
	result := &GroupTime{
		Cells: plan.cells(), Options: options, Dropped: slices.Concat(panel.dropped, plan.dropped),
		Warnings: slices.Concat(panel.warnings, plan.warnings),
		panel:    panel, groups: plan.groups, lastTime: plan.times[len(plan.times)-1],
	}
	result.influence = make([]influence, len(result.Cells))
	inParallel(len(result.Cells), func(i int) {
		result.influence[i] = plan.estimate(&result.Cells[i])
	})
	result.warnOfCells()
	return result, nil
}

// warnOfCells says once per group what its cells have in common.
func (gt *GroupTime) warnOfCells() {
	for _, group := range gt.groups {
		missing := map[Code]int{}
		for _, cell := range gt.Cells {
			if cell.Group == group.group && cell.Missing != "" {
				missing[cell.Missing]++
			}
		}
		for _, drop := range drops(missing) {
			gt.Warnings = append(gt.Warnings, warn(drop.Reason, "group %d has no estimate in %d periods: %s", group.group, drop.Units, explainMissing[drop.Reason]))
		}
		if group.size() == 1 {
			gt.Warnings = append(gt.Warnings, warn(CodeSingleUnitGroup, "group %d is one unit: its errors leave out that unit's own noise and are too small", group.group))
		}
	}
}

var explainMissing = map[Code]string{
	CodeOverlap:       "some of its units have no comparable controls (propensity of 0.999 or more)",
	CodeFewControls:   "too few controls for the regression on the covariates",
	CodeNotIdentified: "no controls",
}

// standardError returns the clustered error of an estimate from the units'
// influence, 0 where it is negligible.
func (p *Panel) standardError(influence []float64) float64 {
	return p.rootOf(sumSquares(p.clusterSums(influence)))
}

// clusterSums adds up the influence of each cluster's units.
func (p *Panel) clusterSums(influence []float64) []float64 {
	if p.clusters == nil {
		return influence
	}
	sums := make([]float64, p.clusterNum)
	for unit, x := range influence {
		sums[p.clusters[unit]] += x
	}
	return sums
}

// rootOf returns the error that belongs to a sum of squared influences.
func (p *Panel) rootOf(squares float64) float64 {
	se := math.Sqrt(squares) / float64(len(p.units))
	if se <= negligible {
		return 0
	}
	return se
}
