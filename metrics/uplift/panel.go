package uplift

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// Panel is a balanced panel: every unit has a row in every period. Units stand
// in the order of their group, the never treated last, so that a group, and
// everybody treated later than some period, are ranges of units.
type Panel struct {
	times      []int         // the periods, ascending
	units      []string      // by group, then by name
	outcome    [][]float64   // [period][unit]
	names      []string      // of the covariates
	covariates [][][]float64 // [covariate][period][unit]
	weights    []float64     // [unit], mean 1; nil: all 1
	clusters   []int         // [unit], 0..clusterCount-1; nil: every unit its own
	clusterNum int
	cohorts    []cohort // ascending, the never treated last if there are any
	dropped    []Drop
	warnings   []Warning
}

// cohort is a group and its range of units [from, to).
type cohort struct {
	group    int // math.MaxInt for never
	from, to int
}

func (c cohort) size() int { return c.to - c.from }

const neverGroup = math.MaxInt

// Units returns how many units the panel holds.
func (p *Panel) Units() int { return len(p.units) }

// Periods returns how many periods the panel holds.
func (p *Panel) Periods() int { return len(p.times) }

// Dropped returns the units that were left out of the panel, by reason.
func (p *Panel) Dropped() []Drop { return slices.Clone(p.dropped) }

// NewPanel checks rows and puts them in order.
//
// A unit is left out, and counted by reason, when it was treated in the first
// period or before (it has no period before), when it lacks a row in some
// period, or when one of its values is missing. Covariates that depend linearly
// on those before them are left out with a warning. The error is a *Refusal:
// two rows for one unit and period, a unit whose group, cluster or weight
// changes, no unit left. NewPanel panics when the columns differ in length.
func NewPanel(rows Rows) (*Panel, error) {
	rows.mustAlign()
	index := indexRows(rows)
	states, refusal := index.read(rows)
	if refusal != nil {
		return nil, refusal
	}
	if len(index.times) < 2 {
		return nil, refuse(CodeNotIdentified, "the panel has fewer than two periods: one before and one after treatment are needed")
	}
	panel := &Panel{times: index.times}
	panel.order(index, states)
	if len(panel.units) == 0 {
		return nil, refuse(CodeNotIdentified, "no unit is left (%s): units with a row in each of the %d periods are needed", describe(panel.dropped), len(panel.times))
	}
	panel.fill(rows, index, states)
	panel.dropCollinear()
	return panel, nil
}

// order keeps the complete units, sorts them and finds the cohorts.
func (p *Panel) order(index *rowIndex, states []unitState) {
	first, last := p.times[0], p.times[len(p.times)-1]
	counts := map[Code]int{}
	var kept []int
	for unit := range states {
		s := &states[unit]
		if s.group == Never || s.group > last {
			s.group = neverGroup
		}
		if reason := s.reason(first, len(p.times)); reason != "" {
			counts[reason]++
			continue
		}
		kept = append(kept, unit)
	}
	slices.SortFunc(kept, func(a, b int) int {
		return cmp.Or(cmp.Compare(states[a].group, states[b].group), cmp.Compare(index.units[a], index.units[b]))
	})
	p.units = make([]string, len(kept))
	for position, unit := range kept {
		states[unit].position = position
		p.units[position] = index.units[unit]
		p.extendCohorts(states[unit].group, position)
	}
	p.dropped = drops(counts)
}

func (p *Panel) extendCohorts(group, position int) {
	if len(p.cohorts) == 0 || p.cohorts[len(p.cohorts)-1].group != group {
		p.cohorts = append(p.cohorts, cohort{group: group, from: position})
	}
	p.cohorts[len(p.cohorts)-1].to = position + 1
}

// drops lists the counts by reason, in the reasons' order.
func drops(counts map[Code]int) []Drop {
	list := make([]Drop, 0, len(counts))
	for reason, units := range counts {
		list = append(list, Drop{Reason: reason, Units: units})
	}
	slices.SortFunc(list, func(a, b Drop) int { return cmp.Compare(a.Reason, b.Reason) })
	return list
}

// fill moves the numbers of the kept units to their places.
func (p *Panel) fill(rows Rows, index *rowIndex, states []unitState) {
	p.outcome = matrix(len(p.times), len(p.units))
	for _, covariate := range rows.Covariates {
		p.names = append(p.names, covariate.Name)
		p.covariates = append(p.covariates, matrix(len(p.times), len(p.units)))
	}
	for row, unit := range index.unit {
		position := states[unit].position
		if position < 0 {
			continue
		}
		period := index.period[row]
		p.outcome[period][position] = rows.Outcome[row]
		for c, covariate := range rows.Covariates {
			p.covariates[c][period][position] = covariate.Values[row]
		}
	}
	p.fillWeights(rows, index, states)
	p.fillClusters(rows, index, states)
}

func (p *Panel) fillWeights(rows Rows, index *rowIndex, states []unitState) {
	if rows.Weight == nil {
		return
	}
	p.weights = make([]float64, len(p.units))
	total := 0.0
	for unit, s := range states {
		if s.position >= 0 {
			p.weights[s.position] = rows.Weight[index.first[unit]]
		}
	}
	for _, weight := range p.weights {
		total += weight
	}
	for i := range p.weights {
		p.weights[i] *= float64(len(p.units)) / total
	}
}

// fillClusters numbers the clusters in the order of the units, so that the
// order of the rows leaves the bootstrap's draws alone.
func (p *Panel) fillClusters(rows Rows, index *rowIndex, states []unitState) {
	p.clusterNum = len(p.units)
	if rows.Cluster == nil {
		return
	}
	name := make([]string, len(p.units))
	for unit, s := range states {
		if s.position >= 0 {
			name[s.position] = rows.Cluster[index.first[unit]]
		}
	}
	numbers := map[string]int{}
	p.clusters = make([]int, len(p.units))
	for position := range p.units {
		number, seen := numbers[name[position]]
		if !seen {
			number = len(numbers)
			numbers[name[position]] = number
		}
		p.clusters[position] = number
	}
	p.clusterNum = len(numbers)
}

// treatedAfter returns the first unit whose group is later than the period;
// the never treated are later than any.
func (p *Panel) treatedAfter(period int) int {
	i := sort.Search(len(p.cohorts), func(i int) bool { return p.cohorts[i].group > period })
	if i == len(p.cohorts) {
		return len(p.units)
	}
	return p.cohorts[i].from
}

// never returns the never treated, an empty range if there are none.
func (p *Panel) never() cohort {
	if last := p.cohorts[len(p.cohorts)-1]; last.group == neverGroup {
		return last
	}
	return cohort{group: neverGroup, from: len(p.units), to: len(p.units)}
}

// matrix allocates rows of one backing array.
func matrix(rows, columns int) [][]float64 {
	backing := make([]float64, rows*columns)
	m := make([][]float64, rows)
	for i := range m {
		m[i] = backing[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}
