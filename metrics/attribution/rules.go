package attribution

import "sevenday"

// Credits are the shares of a path's portals, in the order of Path.Portals, under
// each rule.
type Credits struct {
	Weights [Rules][Portals]uint64 // in units of 1e-9: under each rule they add up to Unit
	Money   [Rules][Portals]uint64 // in minor units: they add up to the net amount
}

// credit shares a net amount, which is not negative, among the path's portals.
//
// A rule's weights are summed per portal and fixed to integers of 1e-9; the net
// amount is divided by those integers. Both by the largest remainder, ties to the
// portal that was touched first: the credits of one payment add up to its net
// amount under every rule.
//
// Source: docs/metrics.md, attribution.
func (c *Credits) credit(p *Path, net sevenday.Money) {
	if p.n <= 1 {
		for rule := range Rules {
			c.Weights[rule][0], c.Money[rule][0] = Unit, uint64(net)
		}
		return
	}
	for rule := range Rules {
		parts := p.parts(rule)
		weights := c.Weights[rule][:p.n]
		apportion(Unit, parts[:p.n], weights)
		apportion(uint64(net), weights, c.Money[rule][:p.n])
	}
}

// parts are the exact shares of the portals of a path with a touch, up to a
// common factor.
func (p *Path) parts(rule int) (parts [Portals]uint64) {
	switch rule {
	case lastTouch:
		parts[p.last] = 1
	case firstTouch:
		parts[0] = 1
	case linear:
		parts = p.touches
	case position:
		parts = p.positions()
	case timeDecay:
		parts = p.worth
	case shapley:
		for slot := range p.n {
			parts[slot] = 1
		}
	}
	return parts
}

// positions are 40 % for the first touch, 40 % for the last, and 20 % for the
// n-2 between them: the ends are worth 2(n-2) times one of those.
func (p *Path) positions() [Portals]uint64 {
	parts := p.touches
	if p.total <= 2 {
		return parts
	}
	end := 2 * (p.total - 2)
	parts[0] += end - 1
	parts[p.last] += end - 1
	return parts
}
