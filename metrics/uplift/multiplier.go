package uplift

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Mammen's two-point multipliers have mean 0, variance 1 and third moment 1:
// (1-√5)/2 with probability (√5+1)/(2√5), else (1+√5)/2.
var (
	mammenLow      = (1 - math.Sqrt(5)) / 2
	mammenStep     = math.Sqrt(5)
	mammenHighRate = 1 - (math.Sqrt(5)+1)/(2*math.Sqrt(5))
)

// multipliers are the draws of a bootstrap: for every draw and every cluster
// whether its multiplier is the high one, eight clusters a byte.
type multipliers struct {
	draws int
	bytes []uint8 // [block of eight clusters][draw]
}

// drawMultipliers draws with a generator of its own, so that the same seed
// gives the same draws whatever else runs.
func drawMultipliers(clusters, draws int, seed uint64) *multipliers {
	random := rand.New(rand.NewPCG(seed, 0))
	high := uint32(mammenHighRate * (1 << 32))
	m := &multipliers{draws: draws, bytes: make([]uint8, (clusters+7)/8*draws)}
	for i := range m.bytes {
		var eight uint8
		for range 4 {
			two := random.Uint64()
			eight <<= 2
			if uint32(two) < high {
				eight |= 1
			}
			if uint32(two>>32) < high {
				eight |= 2
			}
		}
		m.bytes[i] = eight
	}
	return m
}

// perturb returns, for every draw, the sum over clusters of multiplier times
// influence.
//
// Only two multipliers exist, so a draw is the low one times the total plus the
// step times the sum over the clusters that got the high one. For eight
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
		total += table[1<<len(part)-1]
		for draw, eight := range m.bytes[block*m.draws : (block+1)*m.draws] {
			sums[draw] += table[eight]
		}
	}
	for draw := range sums {
		sums[draw] = mammenLow*total + mammenStep*sums[draw]
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
