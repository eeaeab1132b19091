package uplift

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// worstCondition is the condition number beyond which a regression counts as
// not solvable: the inverse of float64's precision, as in the reference program.
const worstCondition = 1 / 2.220446049250313e-16

// gram returns the Cholesky factor of X'WX over the rows [from, to) of the
// columns, false when it is singular.
func gram(x [][]float64, weight []float64, from, to int) (*mat.Cholesky, bool) {
	k := len(x)
	sums := mat.NewSymDense(k, nil)
	weighted := make([]float64, to-from)
	for a := range k {
		copy(weighted, x[a][from:to])
		if weight != nil {
			floats.Mul(weighted, weight[from:to])
		}
		for b := a; b < k; b++ {
			sums.SetSym(a, b, floats.Dot(weighted, x[b][from:to]))
		}
	}
	var factor mat.Cholesky
	ok := factor.Factorize(sums)
	return &factor, ok && factor.Cond() < worstCondition
}

// solve returns the solution of the factorized system.
func solve(factor *mat.Cholesky, right []float64) []float64 {
	solution := mat.NewVecDense(len(right), nil)
	// The error only repeats that the condition is bad, which gram has judged.
	_ = factor.SolveVecTo(solution, mat.NewVecDense(len(right), right))
	return solution.RawVector().Data
}

// moments returns X'v over the rows [from, to), v being indexed by row.
func moments(x [][]float64, v []float64, from, to int) []float64 {
	sums := make([]float64, len(x))
	for a, column := range x {
		sums[a] = floats.Dot(column[from:to], v[from:to])
	}
	return sums
}

// combine returns X·coefficients, one number a row.
func combine(x [][]float64, coefficients []float64) []float64 {
	fitted := make([]float64, len(x[0]))
	for a, column := range x {
		floats.AddScaled(fitted, coefficients[a], column)
	}
	return fitted
}
