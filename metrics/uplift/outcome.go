package uplift

import "gonum.org/v1/gonum/mat"

// outcomeModel is the controls' change regressed on the covariates.
type outcomeModel struct {
	factor   *mat.Cholesky // of X'WX over the controls
	fitted   []float64     // for every unit of the sample
	residual []float64     // weight times residual; 0 for the treated
}

// fitOutcome regresses by least squares, false when there are too few controls.
func (s *sample) fitOutcome() (*outcomeModel, bool) {
	factor, ok := gram(s.x, s.weight, s.treated, s.size())
	if !ok {
		return nil, false
	}
	weighted := make([]float64, s.size())
	for i := s.treated; i < s.size(); i++ {
		weighted[i] = s.weightOf(i) * s.change[i]
	}
	coefficients := solve(factor, moments(s.x, weighted, s.treated, s.size()))
	model := &outcomeModel{factor: factor, fitted: combine(s.x, coefficients), residual: make([]float64, s.size())}
	for i := s.treated; i < s.size(); i++ {
		model.residual[i] = s.weightOf(i) * (s.change[i] - model.fitted[i])
	}
	return model, true
}

// influence returns what the estimation of the coefficients adds to the
// influence of a figure whose derivative by them is the sum of weight·x.
func (m *outcomeModel) influence(s *sample, weight []float64) []float64 {
	direction := solve(m.factor, moments(s.x, weight, 0, s.size()))
	added := combine(s.x, direction)
	for i := range added {
		added[i] *= m.residual[i]
	}
	return added
}

// regression predicts from the controls how the treated would have changed.
//
//	ATT = mean over the treated of change - x·b,  b by least squares over the controls
//
// Source: Sant'Anna and Zhao (2020), section 2.
func (s *sample) regression(cell *Cell) ([]float64, Code) {
	model, ok := s.fitOutcome()
	if !ok {
		return nil, CodeFewControls
	}
	weight, total := s.treatedWeights()
	for i := range s.treated {
		cell.Estimate += weight[i] * (s.change[i] - model.fitted[i]) / total
	}
	scale := float64(s.size()) / total
	added := model.influence(s, weight)
	influence := make([]float64, s.size())
	for i := range influence {
		own := weight[i] * (s.change[i] - model.fitted[i] - cell.Estimate)
		influence[i] = scale * (own - added[i])
	}
	return influence, ""
}

// treatedWeights returns the weights of the treated, 0 for the controls, and
// their total.
func (s *sample) treatedWeights() (weight []float64, total float64) {
	weight = make([]float64, s.size())
	for i := range s.treated {
		weight[i] = s.weightOf(i)
		total += weight[i]
	}
	return weight, total
}
