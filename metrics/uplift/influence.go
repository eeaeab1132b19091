package uplift

// influence is how much each unit moves one estimate, per share of the panel:
// the mean over all units is 0 and the mean square over n the variance. Only
// the ranges of units that take part are kept.
type influence []stretch

// stretch is the influence of the units from, from+1, ...
type stretch struct {
	from   int
	values []float64
}

// addTo adds weight times the influence to a vector over all units.
func (f influence) addTo(vector []float64, weight float64) {
	for _, s := range f {
		part := vector[s.from : s.from+len(s.values)]
		for i, x := range s.values {
			part[i] += weight * x
		}
	}
}

// split cuts values, which run through the ranges one after another, into
// stretches.
func split(values []float64, ranges []cohort) influence {
	f := make(influence, 0, len(ranges))
	for _, r := range ranges {
		if r.size() > 0 {
			f = append(f, stretch{from: r.from, values: values[:r.size():r.size()]})
		}
		values = values[r.size():]
	}
	return f
}

// influenceOn returns the influence of every unit on a cell.
func (gt *GroupTime) influenceOn(cell int) []float64 {
	vector := make([]float64, gt.panel.Units())
	gt.influence[cell].addTo(vector, 1)
	return vector
}
