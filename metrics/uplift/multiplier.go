package uplift

import (
	"math"
	"math/rand/v2"
	"slices"
)

// multipliers are the draws of a bootstrap with Rademacher's multipliers, +1 or
// -1 with equal chance: one bit for every draw and every cluster, set for +1,
// eight clusters a byte.
type multipliers struct {
	draws int
	bytes []uint8 // [block of eight clusters][draw]
}

// drawMultipliers draws with a generator of its own, so that the same seed
// gives the same draws whatever else runs.
func drawMultipliers(clusters, draws int, seed uint64) *multipliers {
	random := rand.New(rand.NewPCG(seed, 0))
	m := &multipliers{draws: draws, bytes: make([]uint8, (clusters+7)/8*draws)}
	for i := 0; i < len(m.bytes); i += 8 {
		eight := random.Uint64()
		for j := i; j < min(i+8, len(m.bytes)); j++ {
			m.bytes[j] = uint8(eight)
			eight >>= 8
		}
	}
	return m
}

// perturb returns, for every draw, the sum over clusters of multiplier times
// influence.
//
// A draw is twice the sum over the clusters with +1 less the total. For eight
// clusters that sum has 256 values, which are made once for all draws.
func (m *multipliers) perturb(influence []float64) []float64 {
	sums := make([]float64, m.draws)
	var table [256]float64
	total := 0.0
	for block := 0; block*8 < len(influence); block++ {
		part := influence[block*8 : min(len(influence), block*8+8)]
		if !fillTable(&table, part) {
			continue
		}
		total += table[len(table)-1]
		for draw, eight := range m.bytes[block*m.draws : (block+1)*m.draws] {
			sums[draw] += table[eight]
		}
	}
	for draw := range sums {
		sums[draw] = 2*sums[draw] - total
	}
	return sums
}

// fillTable sets table[b] to the sum of the parts whose bit is set in b, false
// when all parts are 0. Bits beyond the parts add nothing.
func fillTable(table *[256]float64, part []float64) bool {
	nonzero := false
	filled := 1
	table[0] = 0
	for bit := range 8 {
		x := 0.0
		if bit < len(part) {
			x = part[bit]
		}
		nonzero = nonzero || x != 0
		for b := range filled {
			table[filled+b] = table[b] + x
		}
		filled *= 2
	}
	return nonzero
}

// normalQuartiles is the distance between the quartiles of a standard normal.
const normalQuartiles = 1.3489795003921634

// spread returns the draws' standard deviation as their quartiles tell it,
// which outliers leave alone, and sorts them.
func spread(sorted []float64) float64 {
	slices.Sort(sorted)
	return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / normalQuartiles
}

// quantile returns the smallest value with at least the share q of the values
// at or below it.
func quantile(sorted []float64, q float64) float64 {
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[max(0, min(i, len(sorted)-1))]
}
