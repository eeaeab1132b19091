package attribution

import "sevenday"

// Chain counts where the paths of a month went from each touch: the transitions
// of a first-order Markov chain with the states start, the portals, conversion
// and null. A path begins at start and ends at a payment or, unconverted, one
// lookback after its last touch.
//
// A transition is counted in the month of the touch that it leaves, one from
// start in the month of the touch that it leads to: so a month is over one
// lookback after its end, however long the paths are that lead through it.
//
// Rows are the states left, columns the states reached. The zero value is empty.
type Chain [sevenday.Portals][Channels]uint64

// The states beside the portals, which have their own numbers.
const (
	Start      = 0 // as the state left
	Null       = 0 // as the state reached: the path ended without a payment
	Conversion = Channels - 1
)

// Conversions is how many paths of the chain ended in a payment.
func (c *Chain) Conversions() uint64 {
	sum := uint64(0)
	for from := range c {
		sum += c[from][Conversion]
	}
	return sum
}

// Add adds the transitions of another chain.
func (c *Chain) Add(other *Chain) {
	for from := range c {
		for to := range c[from] {
			c[from][to] += other[from][to]
		}
	}
}

// left is how many transitions leave a state.
func (c *Chain) left(from int) uint64 {
	sum := uint64(0)
	for _, n := range c[from] {
		sum += n
	}
	return sum
}

// converting tells from which portals a conversion can be reached. Portals that
// were reached but never left, on the edge of a month, are not among them.
func (c *Chain) converting() (reaches [sevenday.Portals]bool) {
	for changed := true; changed; {
		changed = false
		for from := 1; from < sevenday.Portals; from++ {
			if !reaches[from] && c.leadsOn(from, &reaches) {
				reaches[from], changed = true, true
			}
		}
	}
	return reaches
}

func (c *Chain) leadsOn(from int, reaches *[sevenday.Portals]bool) bool {
	if c[from][Conversion] > 0 {
		return true
	}
	for to := 1; to < sevenday.Portals; to++ {
		if c[from][to] > 0 && reaches[to] {
			return true
		}
	}
	return false
}
