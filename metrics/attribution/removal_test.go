package attribution

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
)

// probability solves for the chance that a path converts when touches of a
// portal (0 for none) end it: plain elimination in fractions.
func probability(c *Chain, without int) *big.Rat {
	can := canConvert(c, without)
	rows := make([][]*big.Rat, Portals) // (I - Q) h = b; h is 0 where there is no way to convert
	for i := range rows {
		rows[i] = make([]*big.Rat, Portals+1)
		for j := range rows[i] {
			rows[i][j] = new(big.Rat)
			if to := j + 1; can[i+1] && (to == Conversion || can[to]) {
				rows[i][j].SetFrac64(int64(c[i+1][to]), int64(c.left(i+1)))
			}
			if j < Portals {
				rows[i][j].Neg(rows[i][j])
			}
		}
		rows[i][i].Add(rows[i][i], big.NewRat(1, 1))
	}
	p := new(big.Rat)
	for i, chance := range solve(rows) {
		p.Add(p, new(big.Rat).Mul(big.NewRat(int64(c[Start][i+1]), int64(max(c.left(Start), 1))), chance))
	}
	return p
}

// canConvert walks back from the conversion, one step for each portal.
func canConvert(c *Chain, without int) (can [sevenday.Portals + 1]bool) {
	can[Conversion] = true
	for range Portals {
		for from := 1; from < sevenday.Portals; from++ {
			for to := 1; to <= Conversion; to++ {
				can[from] = can[from] || from != without && can[to] && c[from][to] > 0
			}
		}
	}
	return can
}

func solve(rows [][]*big.Rat) []*big.Rat {
	for k := range rows {
		for i := range rows {
			if i == k {
				continue
			}
			factor := new(big.Rat).Quo(rows[i][k], rows[k][k])
			for j := range rows[i] {
				rows[i][j].Sub(rows[i][j], new(big.Rat).Mul(factor, rows[k][j]))
			}
		}
	}
	h := make([]*big.Rat, len(rows))
	for k := range rows {
		h[k] = new(big.Rat).Quo(rows[k][len(rows)], rows[k][k])
	}
	return h
}

func randomChain(t *rapid.T) *Chain {
	c := new(Chain)
	most := rapid.SampledFrom([]uint64{1, 5, 1_000_000_000}).Draw(t, "most")
	portals := rapid.IntRange(1, Portals).Draw(t, "portals")
	for from := range portals + 1 {
		for to := range c[from] {
			if to <= portals || to == Conversion && from != Start {
				if rapid.Bool().Draw(t, "goes") {
					c[from][to] = rapid.Uint64Range(1, most).Draw(t, "count")
				}
			}
		}
	}
	c[Start][Null] = 0
	return c
}

func TestRemovalEffectsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := randomChain(t)
		effects := c.RemovalEffects()
		base := probability(c, 0)
		for portal := 1; portal < sevenday.Portals; portal++ {
			want := uint64(0)
			if base.Sign() > 0 {
				fall := new(big.Rat).Sub(base, probability(c, portal))
				want = rounded(fall.Quo(fall, base))
			}
			if effects[portal] != want {
				t.Fatalf("effect of portal %d is %d, want %d, of\n%v", portal, effects[portal], want, c)
			}
		}
	})
}

// rounded is a fraction in units of 1e-18, half a unit up.
func rounded(fraction *big.Rat) uint64 {
	scaled := new(big.Rat).Mul(fraction, new(big.Rat).SetUint64(Whole))
	scaled.Add(scaled, big.NewRat(1, 2))
	return new(big.Int).Quo(scaled.Num(), scaled.Denom()).Uint64()
}

func TestAPathWithoutRemovalEffectsIsSharedEqually(t *testing.T) {
	effects := new(Chain).RemovalEffects()
	weights := effects.Split([]Channel{3, 1, 2})
	if want := [Portals]uint64{333_333_334, 333_333_333, 333_333_333}; weights != want {
		t.Errorf("weights are %v, want %v: the odd unit goes to the portal touched first", weights, want)
	}
	if weights := effects.Split([]Channel{Direct}); weights[0] != Unit {
		t.Errorf("direct gets %d of its own payment", weights[0])
	}
	effects[1] = 1
	if weights := effects.Split([]Channel{3, 1, 2}); weights != [Portals]uint64{0, Unit} {
		t.Errorf("weights are %v, want all for the one portal with an effect", weights)
	}
}

func TestACircleThatNobodyLeavesConvertsNothing(t *testing.T) {
	var c Chain
	c[Start][1], c[1][2], c[2][1] = 5, 3, 4 // the edge of a month: each was seen to lead to the other only
	c[Start][3], c[3][Conversion], c[3][1] = 2, 1, 1
	if got, want := c.RemovalEffects(), (Effects{3: Whole}); got != want {
		t.Errorf("effects are %v, want %v", got, want)
	}
}
