package uplift

import "gonum.org/v1/gonum/floats"

// weighting compares the treated with controls weighted by their odds of
// treatment, the weights normalized to sum to 1.
//
//	ATT = mean over the treated of change - sum odds·change / sum odds
//
// Source: Sant'Anna and Zhao (2020), section 2, in its normalized form.
func (s *sample) weighting(cell *Cell) ([]float64, Code) {
	propensity, ok := s.fitPropensity()
	if !ok {
		return nil, CodeOverlap
	}
	return s.weighted(cell, propensity, nil, s.change), ""
}

// doublyRobust compares what the outcome model leaves of both changes.
//
//	ATT = mean over the treated of (change - x·b) - sum odds·(change - x·b) / sum odds
//
// Source: Sant'Anna and Zhao (2020), section 2, with b by least squares and
// the propensity by maximum likelihood.
func (s *sample) doublyRobust(cell *Cell) ([]float64, Code) {
	propensity, ok := s.fitPropensity()
	if !ok {
		return nil, CodeOverlap
	}
	outcome, ok := s.fitOutcome()
	if !ok {
		return nil, CodeFewControls
	}
	left := make([]float64, s.size())
	floats.SubTo(left, s.change, outcome.fitted)
	return s.weighted(cell, propensity, outcome, left), ""
}

// weighted fills in the cell's estimate and returns the influence of the
// difference between the treated's and the weighted controls' mean of values.
// outcome is the model whose fit was taken off them, nil for none.
func (s *sample) weighted(cell *Cell, propensity *propensityModel, outcome *outcomeModel, values []float64) []float64 {
	weight, total := s.treatedWeights()
	odds := floats.Sum(propensity.odds)
	treated := floats.Dot(weight, values) / total
	control := floats.Dot(propensity.odds, values) / odds
	cell.Estimate = treated - control

	n := float64(s.size())
	own := make([]float64, s.size())
	derivative := make([]float64, s.size()) // of the controls' mean by the propensity's coefficients
	influence := make([]float64, s.size())
	for i, value := range values {
		own[i] = weight[i]*(value-treated)/total - propensity.odds[i]*(value-control)/odds
		derivative[i] = propensity.odds[i] * (value - control) / odds
	}
	floats.AddScaled(influence, n, own)
	floats.AddScaled(influence, -n, propensity.influence(s, derivative))
	if outcome != nil {
		// Of both means by the regression's coefficients.
		for i := range derivative {
			derivative[i] = weight[i]/total - propensity.odds[i]/odds
		}
		floats.AddScaled(influence, -n, outcome.influence(s, derivative))
	}
	return influence
}
