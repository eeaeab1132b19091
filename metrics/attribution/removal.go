package attribution

import (
	"math/big"

	"sevenday"
)

// Whole is a removal effect of 1: effects are integers of 1e-18.
const Whole = 1_000_000_000_000_000_000

// Effects are the removal effects of the portals, indexed by them, in units of
// 1e-18.
type Effects [sevenday.Portals]uint64

// Float returns the removal effect of a portal as a fraction of 1.
func (e *Effects) Float(portal Channel) float64 { return float64(e[portal]) / Whole }

// RemovalEffects returns by which share the probability of a conversion falls
// when a portal is taken away, its touches ending the path.
//
//	effect(k) = (P - P without k) / P,   P = s·h,   h = (D - C)^-1 b
//
// s are the transitions from start, C those between portals, D how many leave
// each portal, b those to conversion. All are whole numbers, so the system is
// solved exactly, by adj = adjugate of (D - C):
//
//	effect(k) = (s·adj)(k) (adj·b)(k) / (adj(k,k) s·adj·b)
//
// because a path that converts through k first comes to k, and then converts
// from there. Only the result is rounded, half up, to units of 1e-18, so equal
// effects are equal numbers. Portals from which no conversion was reached are
// null states: their effect is 0. Without a conversion all effects are 0.
//
// Source: docs/metrics.md, attribution; checked against exact fractions in
// testdata/reference/attribution.
func (c *Chain) RemovalEffects() Effects {
	s := newSystem(c)
	s.invert()
	return s.effects()
}

// system is the chain's equations over the portals that can convert.
type system struct {
	portals []int
	matrix  [][]*big.Int // D - C; once inverted its adjugate
	starts  []*big.Int
	ends    []*big.Int
}

func newSystem(c *Chain) *system {
	s := &system{}
	for portal, reaches := range c.converting() {
		if reaches {
			s.portals = append(s.portals, portal)
		}
	}
	for _, from := range s.portals {
		row := make([]*big.Int, len(s.portals))
		for j, to := range s.portals {
			row[j] = new(big.Int).SetUint64(c[from][to])
			row[j].Neg(row[j])
			if from == to {
				row[j].Add(row[j], new(big.Int).SetUint64(c.left(from)))
			}
		}
		s.matrix = append(s.matrix, row)
		s.starts = append(s.starts, new(big.Int).SetUint64(c[Start][from]))
		s.ends = append(s.ends, new(big.Int).SetUint64(c[from][Conversion]))
	}
	return s
}

// invert replaces the matrix by its adjugate: Gauss-Jordan elimination in whole
// numbers (Bareiss), in place. Each division is exact. No pivot is 0, because
// every leading part of the matrix belongs to a chain that ends.
func (s *system) invert() {
	previous := big.NewInt(1)
	product := new(big.Int)
	for k, row := range s.matrix {
		pivot := row[k]
		for i, other := range s.matrix {
			if i == k {
				continue
			}
			for j := range other {
				if j != k {
					product.Mul(other[k], row[j])
					other[j].Mul(other[j], pivot)
					other[j].Sub(other[j], product)
					other[j].Quo(other[j], previous)
				}
			}
			other[k].Neg(other[k])
		}
		row[k], previous = previous, pivot
	}
}

// effects reads the removal effects off the inverted system.
func (s *system) effects() (effects Effects) {
	visits, converts := s.products()
	all, product := new(big.Int), new(big.Int)
	for i, end := range s.ends {
		all.Add(all, product.Mul(visits[i], end))
	}
	if all.Sign() == 0 {
		return effects
	}
	for i, portal := range s.portals {
		share := visits[i].Mul(visits[i], converts[i])
		effects[portal] = units(share, product.Mul(s.matrix[i][i], all))
	}
	return effects
}

// products returns s·adj and adj·b.
func (s *system) products() (visits, converts []*big.Int) {
	product := new(big.Int)
	for i := range s.matrix {
		visit, convert := new(big.Int), new(big.Int)
		for j := range s.matrix {
			visit.Add(visit, product.Mul(s.starts[j], s.matrix[j][i]))
			convert.Add(convert, product.Mul(s.matrix[i][j], s.ends[j]))
		}
		visits, converts = append(visits, visit), append(converts, convert)
	}
	return visits, converts
}

// units returns a fraction in units of 1e-18, half a unit rounded up. It changes
// the numerator.
func units(numerator, denominator *big.Int) uint64 {
	numerator.Mul(numerator, big.NewInt(2*Whole))
	numerator.Add(numerator, denominator)
	return numerator.Quo(numerator, new(big.Int).Lsh(denominator, 1)).Uint64()
}

// Split returns the weights of a path's portals, in units of 1e-9 and in the
// order in which they were first touched: each portal's by its removal effect,
// all the same where no portal of the path has any. They add up to Unit; ties go
// to the portal that was touched first.
func (e *Effects) Split(path []Channel) (weights [Portals]uint64) {
	var parts [Portals]uint64
	sum := uint64(0)
	for i, portal := range path {
		if portal != Direct {
			parts[i] = e[portal]
		}
		sum += parts[i]
	}
	for i := range path {
		if sum == 0 {
			parts[i] = 1
		}
	}
	apportion(Unit, parts[:len(path)], weights[:len(path)])
	return weights
}

// Divide returns the credits of one payment, in minor units: its net amount, not
// negative, divided by the weights of its path. They add up to the net amount.
func Divide(net sevenday.Money, weights []uint64) (credits [Portals]uint64) {
	apportion(uint64(net), weights, credits[:len(weights)])
	return credits
}
