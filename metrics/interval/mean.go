package interval

import "math"

// MeanSums are the sums over units (merchants, say) that the interval of their
// plain mean needs.
type MeanSums struct {
	N          int64
	Sum        float64
	SumSquares float64
}

// OneRate returns the sums of a single unit's rate.
func OneRate(rate float64) MeanSums {
	return MeanSums{N: 1, Sum: rate, SumSquares: rate * rate}
}

// Add adds the sums of other units.
func (s *MeanSums) Add(other MeanSums) {
	s.N += other.N
	s.Sum += other.Sum
	s.SumSquares += other.SumSquares
}

// MeanT returns the t interval of the plain mean of rates, each unit weighing
// the same however large it is, cut to [0,1].
//
//	m ± t(n-1) · sqrt(sum (x - m)² / (n-1) / n)
//
// It is false for fewer than two units and panics unless 0 < level < 1. Units
// that all have the same rate give an interval of no width.
//
// Source: Student, Biometrika 6 (1908).
func MeanT(sums MeanSums, level float64) (Interval, bool) {
	mustBeLevel(level)
	if sums.N < 2 {
		return Interval{}, false
	}
	n := float64(sums.N)
	mean := sums.Sum / n
	squares := sums.SumSquares - n*mean*mean
	if squares <= noSpread*sums.SumSquares {
		squares = 0
	}
	half := tQuantile(level, n-1) * math.Sqrt(squares/(n-1)/n)
	return around(mean, half, MethodT), true
}
