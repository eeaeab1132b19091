package uplift

import (
	"fmt"
	"sort"
)

// plan is which cells are estimated and from whom.
type plan struct {
	panel    *Panel
	options  Options
	times    []int // the periods in use
	groups   []cohort
	dropped  []Drop
	warnings []Warning
}

func newPlan(panel *Panel, options Options) (*plan, *Refusal) {
	p := &plan{panel: panel, options: options, times: panel.times, groups: panel.cohorts}
	if panel.never().size() > 0 {
		p.groups = panel.cohorts[:len(panel.cohorts)-1]
	} else if refusal := p.withoutNever(); refusal != nil {
		return nil, refusal
	}
	p.dropGroupsWithoutBase()
	if len(p.groups) == 0 {
		return nil, refuse(CodeNotIdentified, "no treated unit was observed before treatment: at least one group needs a period before it and controls")
	}
	return p, nil
}

// withoutNever lets the last group be the control of the others, in the
// periods in which it cannot have reacted yet.
func (p *plan) withoutNever() *Refusal {
	if p.options.Control == ControlNever {
		return refuse(CodeNotIdentified, "no unit is never treated: never-treated units or the control group %s are needed", ControlNotYet)
	}
	last := p.panel.cohorts[len(p.panel.cohorts)-1]
	end := sort.SearchInts(p.times, last.group-p.options.Anticipation)
	p.times, p.groups = p.times[:end], p.panel.cohorts[:len(p.panel.cohorts)-1]
	if len(p.groups) == 0 || end < 2 {
		return refuse(CodeNotIdentified, "all units are treated in period %d: untreated units are needed as controls", last.group)
	}
	p.warnings = append(p.warnings, warn(CodeLastGroup, "nobody is never treated: group %d serves as control and the periods from %d on are left out", last.group, last.group-p.options.Anticipation))
	return nil
}

// dropGroupsWithoutBase leaves out groups whose first anticipated period is
// the panel's first, and counts them. They are nobody's controls either: they
// may react in every period.
func (p *plan) dropGroupsWithoutBase() {
	units, first := 0, 0
	for ; first < len(p.groups) && p.base(p.groups[first].group) < 0; first++ {
		units += p.groups[first].size()
	}
	if units > 0 {
		p.dropped = append(p.dropped, Drop{Reason: ReasonNoPrePeriod, Units: units})
	}
	p.groups = p.groups[first:]
}

// base returns the index of the last period before the group may react, -1 if
// there is none.
func (p *plan) base(group int) int {
	return sort.SearchInts(p.times, group-p.options.Anticipation) - 1
}

// cells lists the cells to be estimated.
func (p *plan) cells() []Cell {
	first := 0
	if p.options.Base == BaseVarying {
		first = 1 // nothing comes before the first period
	}
	cells := make([]Cell, 0, len(p.groups)*(len(p.times)-first))
	for _, group := range p.groups {
		for t := first; t < len(p.times); t++ {
			base := p.base(group.group)
			if p.options.Base == BaseVarying && t <= base {
				base = t - 1
			}
			cells = append(cells, Cell{
				Group: group.group, Time: p.times[t], Base: p.times[base],
				Reference: t == base, Treated: group.size(),
			})
		}
	}
	return cells
}

// controls returns the ranges of units that the cell's group is compared with.
func (p *plan) controls(cell *Cell, group cohort) []cohort {
	never := p.panel.never()
	if p.options.Control == ControlNever {
		return []cohort{never}
	}
	from := p.panel.treatedAfter(max(cell.Time, cell.Base) + p.options.Anticipation)
	if group.from < from {
		return []cohort{{from: from, to: len(p.panel.units)}}
	}
	return []cohort{{from: from, to: group.from}, {from: group.to, to: len(p.panel.units)}}
}

func (p *plan) cohort(group int) cohort {
	i := sort.Search(len(p.groups), func(i int) bool { return p.groups[i].group >= group })
	if i == len(p.groups) || p.groups[i].group != group {
		panic(fmt.Sprintf("uplift: no group %d", group))
	}
	return p.groups[i]
}
