package retention

import "sevenday/metrics/interval"

// tally is one cell over merchants: V is a merchant's cohort, C those of it who
// returned.
type tally struct {
	interval.ClusterSums
	rates rates
}

// add adds a merchant's cell that has members.
func (t *tally) add(users, returned float64) {
	t.ClusterSums.Add(interval.OneCluster(users, returned))
	rate := returned / users
	t.rates.n++
	t.rates.sum.add(rate)
	t.rates.squares.add(rate * rate)
}

func (t *tally) merge(other *tally) {
	t.ClusterSums.Add(other.ClusterSums)
	t.rates.n += other.rates.n
	t.rates.sum.merge(other.rates.sum)
	t.rates.squares.merge(other.rates.squares)
}

// rates are the merchants' own rates: a mean of thousands of them is summed
// without losing the last digit, in whatever order they come.
type rates struct {
	n            int64
	sum, squares exactSum
}

func (r *rates) means() interval.MeanSums {
	return interval.MeanSums{N: r.n, Sum: r.sum.value(), SumSquares: r.squares.value()}
}

// exactSum is a sum with what rounding took from it.
//
// Source: Neumaier, Zeitschrift für Angewandte Mathematik und Mechanik 54 (1974).
type exactSum struct{ sum, lost float64 }

func (s *exactSum) add(x float64) {
	sum := s.sum + x
	if s.sum >= x { // both are at least 0
		s.lost += s.sum - sum + x
	} else {
		s.lost += x - sum + s.sum
	}
	s.sum = sum
}

func (s *exactSum) merge(other exactSum) {
	s.add(other.sum)
	s.lost += other.lost
}

func (s exactSum) value() float64 { return s.sum + s.lost }
