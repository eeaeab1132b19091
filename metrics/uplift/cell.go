package uplift

import "sort"

// sample is the data of one cell: the treated first, then their controls.
type sample struct {
	treated int
	change  []float64   // of the outcome since the base period
	weight  []float64   // nil: all 1
	x       [][]float64 // the covariates' columns, the constant first; nil without covariates
}

func (s *sample) size() int { return len(s.change) }

func (s *sample) weightOf(i int) float64 {
	if s.weight == nil {
		return 1
	}
	return s.weight[i]
}

// estimate fills in the cell and returns its influence.
func (p *plan) estimate(cell *Cell) influence {
	if cell.Reference {
		return nil
	}
	group := p.cohort(cell.Group)
	ranges := append([]cohort{group}, p.controls(cell, group)...)
	s := p.sample(cell, ranges)
	cell.Controls = s.size() - s.treated
	if cell.Controls == 0 {
		cell.Missing = CodeNotIdentified
		return nil
	}
	values, missing := s.att(p.options.Method, cell)
	if missing != "" {
		cell.Missing = missing
		return nil
	}
	p.rescale(values)
	f := split(values, ranges)
	cell.SE = p.standardErrorOf(f, values)
	return f
}

// sample gathers the cell's units.
func (p *plan) sample(cell *Cell, ranges []cohort) *sample {
	now, base := p.index(cell.Time), p.index(cell.Base)
	size := 0
	for _, r := range ranges {
		size += r.size()
	}
	s := &sample{treated: ranges[0].size(), change: make([]float64, 0, size)}
	for _, r := range ranges {
		after, before := p.panel.outcome[now][r.from:r.to], p.panel.outcome[base][r.from:r.to]
		for i, y := range after {
			s.change = append(s.change, y-before[i])
		}
	}
	if p.panel.weights != nil {
		s.weight = gather(p.panel.weights, ranges, size)
	}
	if len(p.panel.covariates) > 0 {
		s.x = [][]float64{ones(size)}
		for _, covariate := range p.panel.covariates {
			s.x = append(s.x, gather(covariate[min(now, base)], ranges, size))
		}
	}
	return s
}

func (p *plan) index(time int) int { return sort.SearchInts(p.times, time) }

// rescale turns influence per unit of the sample into influence per unit of
// the panel.
func (p *plan) rescale(values []float64) {
	factor := float64(len(p.panel.units)) / float64(len(values))
	for i := range values {
		values[i] *= factor
	}
}

// standardErrorOf spares the vector over all units where units are clusters.
func (p *plan) standardErrorOf(f influence, values []float64) float64 {
	if p.panel.clusters == nil {
		return p.panel.rootOf(sumSquares(values))
	}
	vector := make([]float64, len(p.panel.units))
	f.addTo(vector, 1)
	return p.panel.standardError(vector)
}

func gather(column []float64, ranges []cohort, size int) []float64 {
	gathered := make([]float64, 0, size)
	for _, r := range ranges {
		gathered = append(gathered, column[r.from:r.to]...)
	}
	return gathered
}

func ones(n int) []float64 {
	column := make([]float64, n)
	for i := range column {
		column[i] = 1
	}
	return column
}
