package uplift

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// SupT tests that all leads of an event study are 0.
type SupT struct {
	Statistic float64 // the largest |estimate/error| among the leads
	P         float64 // in (0,1]
	Leads     int
}

// PreTrend compares the largest |t| among the leads with the bootstrap's, so
// that it rejects at p when the leads' simultaneous band of level 1-p leaves
// out 0. Leads within the anticipation are not tested. It is false when no lead
// has an error, and for other aggregates than event studies. draws must be
// positive.
//
//	p = (1 + draws with a larger maximum) / (1 + draws)
//
// A drift shows best with the universal base. Not rejecting is no proof of
// parallel trends.
//
// Source: Callaway and Sant'Anna (2021), section 4.1; Freyaldenhoven, Hansen
// and Shapiro, American Economic Review 109 (2019) on what such tests miss.
func (a *Aggregate) PreTrend(draws int, seed uint64) (SupT, bool) {
	leads := a.leads()
	if len(leads) == 0 {
		return SupT{}, false
	}
	b := newBootstrap(a.panel, draws, seed)
	drawn := make([][]float64, len(leads))
	errors := make([]float64, len(leads))
	test := SupT{Leads: len(leads)}
	for i, row := range leads {
		drawn[i] = b.draw(a.influence[row])
		errors[i] = b.standardError(drawn[i])
		if errors[i] > 0 {
			test.Statistic = max(test.Statistic, math.Abs(a.Rows[row].Estimate)/errors[i])
		}
	}
	larger := 0
	largest := largestT(drawn, errors)
	for _, t := range largest {
		if t >= test.Statistic {
			larger++
		}
	}
	test.P = float64(1+larger) / float64(1+draws)
	return test, largest != nil
}

// leads returns the rows before the anticipated treatment that have an error.
func (a *Aggregate) leads() []int {
	var leads []int
	if a.Kind != KindEvent {
		return nil
	}
	for i, row := range a.Rows {
		if row.Key < -a.anticipation && row.SE > 0 {
			leads = append(leads, i)
		}
	}
	return leads
}

// WaldTest tests that all cells before treatment are 0.
type WaldTest struct {
	Statistic float64
	Degrees   int // how many cells
	P         float64
}

// unitsPerWaldCell is how many units there must be for each tested cell. With
// fewer the covariance of the cells is so badly estimated that a true null is
// rejected nearly always: 135 cells over 400 units, 99 times in 100.
const unitsPerWaldCell = 20

// Wald tests jointly that every ATT(g,t) before the anticipated treatment is 0.
//
//	W = a'V⁻¹a, chi-squared with as many degrees of freedom as cells
//
// The error is a *Refusal: no cell to test, fewer than 20 units for each cell,
// or a singular covariance.
//
// Source: Callaway and Sant'Anna (2021), section 4; checked against did 2.5.1 in
// testdata/reference/uplift.
func (gt *GroupTime) Wald() (WaldTest, error) {
	cells := gt.leadCells()
	if len(cells) == 0 {
		return WaldTest{}, refuse(CodeNotIdentified, "no period before treatment can be tested: at least two periods before are needed")
	}
	if most := gt.panel.clusterNum / unitsPerWaldCell; len(cells) > most {
		return WaldTest{}, refuse(CodeTooFew, "%d cells before treatment are too many for a joint test with %d clusters, which allow %d: use the sup-t test over the event study", len(cells), gt.panel.clusterNum, most)
	}
	test, ok := gt.wald(cells)
	if !ok {
		return WaldTest{}, refuse(CodeNotIdentified, "the cells before treatment depend on one another: use the sup-t test over the event study")
	}
	return test, nil
}

func (gt *GroupTime) leadCells() []int {
	return gt.choose(func(c Cell) bool {
		return c.SE > 0 && c.Time < c.Group-gt.Options.Anticipation
	})
}

// wald is false when the covariance is singular.
func (gt *GroupTime) wald(cells []int) (WaldTest, bool) {
	estimates := make([]float64, len(cells))
	influences := make([][]float64, len(cells))
	for i, cell := range cells {
		estimates[i] = gt.Cells[cell].Estimate
		influences[i] = gt.panel.clusterSums(gt.influenceOn(cell))
	}
	var factor mat.Cholesky
	if !factor.Factorize(gt.covariance(influences)) || factor.Cond() >= worstCondition {
		return WaldTest{}, false
	}
	statistic := floats.Dot(estimates, solve(&factor, estimates))
	degrees := len(cells)
	return WaldTest{
		Statistic: statistic, Degrees: degrees,
		P: distuv.ChiSquared{K: float64(degrees)}.Survival(statistic),
	}, true
}

func (gt *GroupTime) covariance(influences [][]float64) *mat.SymDense {
	n := float64(gt.panel.Units())
	covariance := mat.NewSymDense(len(influences), nil)
	for a, x := range influences {
		for b := a; b < len(influences); b++ {
			covariance.SetSym(a, b, floats.Dot(x, influences[b])/(n*n))
		}
	}
	return covariance
}
