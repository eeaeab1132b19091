package uplift

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

const (
	noOverlap       = 0.999 // a propensity from here on leaves the cell without an estimate
	trimmedControls = 0.995 // controls from here on would weigh too much and get weight 0
	logitRounds     = 25    // Newton's steps at most
	logitTolerance  = 1e-8  // of the deviance, relative; R's glm uses the same
)

// propensityModel is the logit of treatment on the covariates.
type propensityModel struct {
	factor *mat.Cholesky // of X'WX with W = weight·p·(1-p)
	score  []float64     // weight·(treated - p)
	p      []float64
	odds   []float64 // weight·p/(1-p) of the controls that are not trimmed; 0 for the rest
}

// fitPropensity maximizes the likelihood, false when some unit is (nearly)
// certain to be treated. Where no unit of some kind is treated, the likelihood
// has no maximum: the steps end once they change nothing that matters, the
// propensity of that kind then being about 1e-8 and its controls' weight too.
func (s *sample) fitPropensity() (*propensityModel, bool) {
	m := &propensityModel{p: make([]float64, s.size()), score: make([]float64, s.size()), odds: make([]float64, s.size())}
	eta := s.startLogit(m.p)
	deviance := s.deviance(m.p)
	for range logitRounds {
		coefficients, ok := s.stepLogit(m, eta)
		if !ok {
			return nil, false
		}
		eta = combine(s.x, coefficients)
		for i, e := range eta {
			m.p[i] = 1 / (1 + math.Exp(-e))
		}
		before := deviance
		deviance = s.deviance(m.p)
		if math.Abs(deviance-before) < logitTolerance*(math.Abs(deviance)+0.1) {
			break
		}
	}
	return m, s.finishPropensity(m)
}

// startLogit sets the first guess, halfway between even odds and the data.
func (s *sample) startLogit(p []float64) []float64 {
	eta := make([]float64, s.size())
	for i := range p {
		w := s.weightOf(i)
		p[i] = (w*s.isTreated(i) + 0.5) / (w + 1)
		eta[i] = math.Log(p[i] / (1 - p[i]))
	}
	return eta
}

// stepLogit makes one step of iteratively reweighted least squares.
func (s *sample) stepLogit(m *propensityModel, eta []float64) ([]float64, bool) {
	factor, ok := s.information(m.p)
	if !ok {
		return nil, false
	}
	working := make([]float64, s.size())
	for i, p := range m.p {
		working[i] = s.weightOf(i) * (p*(1-p)*eta[i] + s.isTreated(i) - p)
	}
	return solve(factor, moments(s.x, working, 0, s.size())), true
}

func (s *sample) information(p []float64) (*mat.Cholesky, bool) {
	weight := make([]float64, s.size())
	for i, pi := range p {
		weight[i] = s.weightOf(i) * pi * (1 - pi)
	}
	return gram(s.x, weight, 0, s.size())
}

func (s *sample) deviance(p []float64) float64 {
	sum := 0.0
	for i, pi := range p {
		if i < s.treated {
			sum -= 2 * s.weightOf(i) * math.Log(pi)
		} else {
			sum -= 2 * s.weightOf(i) * math.Log1p(-pi)
		}
	}
	return sum
}

// finishPropensity checks the overlap and prepares what the estimators need.
func (s *sample) finishPropensity(m *propensityModel) bool {
	if floats.Max(m.p) >= noOverlap {
		return false
	}
	var ok bool
	m.factor, ok = s.information(m.p)
	for i, p := range m.p {
		m.score[i] = s.weightOf(i) * (s.isTreated(i) - p)
		if i >= s.treated && p < trimmedControls {
			m.odds[i] = s.weightOf(i) * p / (1 - p)
		}
	}
	return ok && floats.Sum(m.odds) > 0
}

func (s *sample) isTreated(i int) float64 {
	if i < s.treated {
		return 1
	}
	return 0
}

// influence returns what the estimation of the propensity adds to the
// influence of a figure whose derivative by its coefficients is the sum of
// weight·x.
func (m *propensityModel) influence(s *sample, weight []float64) []float64 {
	direction := solve(m.factor, moments(s.x, weight, 0, s.size()))
	added := combine(s.x, direction)
	for i := range added {
		added[i] *= m.score[i]
	}
	return added
}
