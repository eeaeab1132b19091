package simulate

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// dice are a stream of draws that can be thrown afresh from a seed, so that any
// merchant's any day can be drawn without the days before it.
type dice struct {
	source rand.PCG
	*rand.Rand
}

func newDice() *dice {
	d := &dice{}
	d.Rand = rand.New(&d.source)
	return d
}

// reseed starts the stream that belongs to the parts.
func (d *dice) reseed(seed uint64, parts ...uint64) *dice {
	key := derive(seed, parts...)
	d.source.Seed(key, mix(key))
	return d
}

// chance draws true with probability p.
func (d *dice) chance(p float64) bool { return d.Float64() < p }

// between draws uniformly from [low, high).
func (d *dice) between(low, high float64) float64 { return low + (high-low)*d.Float64() }

// poisson draws a count with the mean; 0 for a mean of 0.
func (d *dice) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	return int(distuv.Poisson{Lambda: mean, Src: &d.source}.Rand())
}

// around draws a log-normal factor with median 1, cut to [low, high].
func (d *dice) around(sigma, low, high float64) float64 {
	return min(max(math.Exp(sigma*d.NormFloat64()), low), high)
}

// pick draws an index in proportion to the weights.
func (d *dice) pick(weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	return pickAt(weights, d.Float64()*total)
}

// pickAt returns the index in whose share of the cumulated weights x falls.
func pickAt(weights []float64, x float64) int {
	last := 0
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		last = i
		if x < w {
			return i
		}
		x -= w
	}
	return last
}

// golden is 2^64 divided by the golden ratio, the increment of splitmix64.
const golden = 0x9e3779b97f4a7c15

// mix is the finalizer of splitmix64: a bijection of 64 bits, so that distinct
// inputs give distinct ids.
func mix(x uint64) uint64 {
	x += golden
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// derive makes the seed of a part of the world from the seed of the whole.
func derive(seed uint64, parts ...uint64) uint64 {
	for _, part := range parts {
		seed = mix(seed ^ mix(part))
	}
	return seed
}

// unit turns a hash into a number in [0, 1).
func unit(hash uint64) float64 { return float64(hash>>11) / (1 << 53) }
