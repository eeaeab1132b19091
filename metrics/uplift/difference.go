package uplift

// att estimates the effect on the treated of a sample. It fills in the cell's
// estimate and returns the influence of each unit of the sample, or why there
// is none.
func (s *sample) att(method Method, cell *Cell) ([]float64, Code) {
	if s.x == nil {
		return s.difference(cell), ""
	}
	switch method {
	case MethodReg:
		return s.regression(cell)
	case MethodIPW:
		return s.weighting(cell)
	case MethodDR:
		return s.doublyRobust(cell)
	default:
		panic("uplift: unknown method " + string(method))
	}
}

// difference is the difference of mean changes.
func (s *sample) difference(cell *Cell) []float64 {
	n := float64(s.size())
	influence := make([]float64, s.size())
	treated, treatedWeight := s.mean(0, s.treated)
	control, controlWeight := s.mean(s.treated, s.size())
	for i, change := range s.change {
		if i < s.treated {
			influence[i] = s.weightOf(i) * (change - treated) * n / treatedWeight
		} else {
			influence[i] = -s.weightOf(i) * (change - control) * n / controlWeight
		}
	}
	cell.Estimate = treated - control
	return influence
}

// mean returns the weighted mean change of the units [from, to) and their
// total weight.
func (s *sample) mean(from, to int) (mean, weight float64) {
	for i := from; i < to; i++ {
		weight += s.weightOf(i)
		mean += s.weightOf(i) * s.change[i]
	}
	return mean / weight, weight
}
