package uplift

import (
	"slices"
	"strings"
)

// collinearShare is the share of a covariate's own sum of squares that must be
// left once the covariates before it are taken out. R's qr uses 1e-7 on
// lengths, which is 1e-14 on squares; rounding in sums over a million rows
// needs some room above.
const collinearShare = 1e-11

// dropCollinear leaves out covariates that are constant or a linear function of
// those before them: they add nothing, and the regressions could not be solved.
func (p *Panel) dropCollinear() {
	var kept []int
	var basis [][]float64 // centered, orthogonal columns over all periods
	var dropped []string
	for c := range p.covariates {
		column := slices.Concat(p.covariates[c]...)
		raw := center(column)
		for _, direction := range basis {
			removeDirection(column, direction)
		}
		if sumSquares(column) <= collinearShare*raw {
			dropped = append(dropped, p.names[c])
			continue
		}
		basis = append(basis, column)
		kept = append(kept, c)
	}
	if dropped == nil {
		return
	}
	p.warnings = append(p.warnings, warn(CodeCollinear, "left out, because the other covariates say the same: %s", strings.Join(dropped, ", ")))
	p.keepCovariates(kept)
}

func (p *Panel) keepCovariates(kept []int) {
	names := make([]string, len(kept))
	covariates := make([][][]float64, len(kept))
	for i, c := range kept {
		names[i], covariates[i] = p.names[c], p.covariates[c]
	}
	p.names, p.covariates = names, covariates
}

// center takes the mean off and returns the sum of squares it had before.
func center(column []float64) float64 {
	sum := 0.0
	for _, x := range column {
		sum += x
	}
	raw := sumSquares(column)
	mean := sum / float64(len(column))
	for i := range column {
		column[i] -= mean
	}
	return raw
}

func removeDirection(column, direction []float64) {
	dot, length := 0.0, sumSquares(direction)
	for i, d := range direction {
		dot += d * column[i]
	}
	for i, d := range direction {
		column[i] -= dot / length * d
	}
}

func sumSquares(column []float64) float64 {
	sum := 0.0
	for _, x := range column {
		sum += x * x
	}
	return sum
}
