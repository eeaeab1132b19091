package uplift

import (
	"math"
	"slices"
)

// Bands is the outcome of a multiplier bootstrap: the critical value with which
// all rows' intervals hold at once, estimate ± Critical·SE.
type Bands struct {
	Draws    int
	Seed     uint64
	Critical float64   // 0 when no row has an error
	SE       []float64 // by row, from the draws' quartiles; 0: not estimable
	Overall  float64   // the same of Aggregate.Overall; 0 for the cells' bands
}

// Bands returns simultaneous bands of the aggregate's rows: with probability
// level all rows' effects lie in them. draws must be positive, 0 < level < 1.
//
// Source: Callaway and Sant'Anna (2021), algorithm 1, with Rademacher's
// multipliers by cluster, which are the ones did 2.5.1 draws; checked against it
// in testdata/reference/uplift.
func (a *Aggregate) Bands(draws int, seed uint64, level float64) Bands {
	b := newBootstrap(a.panel, draws, seed)
	bands := b.bands(len(a.influence), func(row int) []float64 { return a.influence[row] }, level)
	if a.overall != nil {
		bands.Overall = b.standardError(b.draw(a.overall))
	}
	return bands
}

// Bands returns simultaneous bands of all cells; missing and reference cells
// have no error.
func (gt *GroupTime) Bands(draws int, seed uint64, level float64) Bands {
	b := newBootstrap(gt.panel, draws, seed)
	return b.bands(len(gt.Cells), gt.influenceOn, level)
}

// bootstrap perturbs influences with one set of multipliers, so that the rows
// of a draw belong together.
type bootstrap struct {
	panel       *Panel
	seed        uint64
	multipliers *multipliers
}

func newBootstrap(panel *Panel, draws int, seed uint64) *bootstrap {
	return &bootstrap{panel: panel, seed: seed, multipliers: drawMultipliers(panel.clusterNum, draws, seed)}
}

// draw returns the perturbed estimates, less the estimate.
func (b *bootstrap) draw(influence []float64) []float64 {
	drawn := b.multipliers.perturb(b.panel.clusterSums(influence))
	for i := range drawn {
		drawn[i] /= float64(b.panel.Units())
	}
	return drawn
}

func (b *bootstrap) standardError(drawn []float64) float64 {
	se := spread(slices.Clone(drawn))
	if se <= negligible {
		return 0
	}
	return se
}

// bands draws every row and finds the critical value.
func (b *bootstrap) bands(rows int, influence func(row int) []float64, level float64) Bands {
	bands := Bands{Draws: b.multipliers.draws, Seed: b.seed, SE: make([]float64, rows)}
	drawn := make([][]float64, rows)
	inParallel(rows, func(row int) {
		drawn[row] = b.draw(influence(row))
		bands.SE[row] = b.standardError(drawn[row])
	})
	largest := largestT(drawn, bands.SE)
	if len(largest) > 0 {
		slices.Sort(largest)
		bands.Critical = quantile(largest, level)
	}
	return bands
}

// largestT returns each draw's largest |t| over the rows that have an error,
// nil when none has.
func largestT(drawn [][]float64, se []float64) []float64 {
	var largest []float64
	for row, values := range drawn {
		if se[row] == 0 {
			continue
		}
		if largest == nil {
			largest = make([]float64, len(values))
		}
		for i, value := range values {
			largest[i] = max(largest[i], math.Abs(value)/se[row])
		}
	}
	return largest
}
