package attribution

import (
	"math/big"
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
)

func randomPath(t *rapid.T) *Path {
	p := new(Path)
	age := sevenday.Millis(rapid.Int64Range(0, int64(Lookback)).Draw(t, "age"))
	for range rapid.IntRange(1, 12).Draw(t, "touches") {
		p.Touch(Channel(rapid.IntRange(1, Portals).Draw(t, "portal")), age)
		age -= sevenday.Millis(rapid.Int64Range(0, int64(age)).Draw(t, "step"))
	}
	return p
}

func TestTheCreditsOfAPaymentAddUpToItsNetAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPath(t)
		net := sevenday.Money(rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, 1e18)).Draw(t, "net"))
		var c Credits
		c.credit(p, net)
		effects := randomChain(t).RemovalEffects()
		weights := effects.Split(p.Portals())
		money := Divide(net, weights[:len(p.Portals())])
		check := func(model Model, weights, money [Portals]uint64) {
			sumWeights, sumMoney := uint64(0), uint64(0)
			for slot := range p.Portals() {
				sumWeights += weights[slot]
				sumMoney += money[slot]
			}
			if sumWeights != Unit || sumMoney != uint64(net) {
				t.Fatalf("%s: weights %v and credits %v of %d", model, weights, money, net)
			}
		}
		for rule := range Rules {
			check(Models[rule], c.Weights[rule], c.Money[rule])
		}
		check(Markov, weights, money)
	})
}

func TestTheLargestRemainderIsTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Uint64Range(0, 1e18).Draw(t, "amount")
		parts := rapid.SliceOfN(rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Uint64Range(0, 1e18)), 1, Portals).Draw(t, "parts")
		parts[0]++
		shares := make([]uint64, len(parts))
		apportion(amount, parts, shares)
		if want := naiveApportion(amount, parts); !equal(shares, want) {
			t.Fatalf("%d by %v is %v, want %v", amount, parts, shares, want)
		}
	})
}

func equal(a, b []uint64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// naiveApportion compares the exact fractions that are cut off.
func naiveApportion(amount uint64, parts []uint64) []uint64 {
	total, left := new(big.Rat), amount
	for _, part := range parts {
		total.Add(total, new(big.Rat).SetUint64(part))
	}
	shares, cut := make([]uint64, len(parts)), make([]*big.Rat, len(parts))
	for i, part := range parts {
		exact := new(big.Rat).SetUint64(amount)
		exact.Mul(exact, new(big.Rat).SetUint64(part)).Quo(exact, total)
		shares[i] = new(big.Int).Quo(exact.Num(), exact.Denom()).Uint64()
		cut[i] = exact.Sub(exact, new(big.Rat).SetUint64(shares[i]))
		left -= shares[i]
	}
	for range left {
		best := 0
		for i := range cut {
			if cut[i].Cmp(cut[best]) > 0 {
				best = i
			}
		}
		shares[best]++
		cut[best].SetInt64(-1)
	}
	return shares
}

func TestTiesGoToThePortalThatWasTouchedFirst(t *testing.T) {
	var c Credits
	c.credit(pathOf(7, 2, 5), 100)
	for _, rule := range []int{linear, shapley} {
		if got, want := c.Money[rule][:3], []uint64{34, 33, 33}; !equal(got, want) {
			t.Errorf("%s of 1.00 is %v, want %v", Models[rule], got, want)
		}
	}
	c.credit(pathOf(7, 2), 1)
	for _, rule := range []int{linear, position, shapley} {
		if got, want := c.Money[rule][:2], []uint64{1, 0}; !equal(got, want) {
			t.Errorf("%s of 0.01 is %v, want %v", Models[rule], got, want)
		}
	}
}

// pathOf makes a path whose touches are one half-life apart.
func pathOf(portals ...Channel) *Path {
	p := new(Path)
	for i, portal := range portals {
		p.Touch(portal, sevenday.Millis(len(portals)-1-i)*halfLife)
	}
	return p
}

func TestEachRuleWeighsTheTouchesAsItSays(t *testing.T) {
	for _, test := range []struct {
		path []Channel
		rule int
		want []uint64 // in the order of first touch
	}{
		{[]Channel{1}, position, []uint64{Unit}},
		{[]Channel{1, 2}, position, []uint64{Unit / 2, Unit / 2}},
		{[]Channel{1, 2, 3}, position, []uint64{Unit / 10 * 4, Unit / 10 * 2, Unit / 10 * 4}},
		{[]Channel{1, 2, 3, 1}, position, []uint64{Unit / 10 * 8, Unit / 10, Unit / 10}},
		{[]Channel{1, 2, 2, 2, 2, 3}, position, []uint64{Unit / 10 * 4, Unit / 10 * 2, Unit / 10 * 4}},
		{[]Channel{1, 1, 1, 2}, linear, []uint64{Unit / 4 * 3, Unit / 4}},
		{[]Channel{1, 1, 1, 2}, shapley, []uint64{Unit / 2, Unit / 2}},
		{[]Channel{1, 2, 1}, lastTouch, []uint64{Unit, 0}},
		{[]Channel{2, 1, 3, 1}, lastTouch, []uint64{0, Unit, 0}},
		{[]Channel{2, 1, 3, 1}, firstTouch, []uint64{Unit, 0, 0}},
		{[]Channel{2, 1}, timeDecay, []uint64{333_333_333, 666_666_667}},
		{[]Channel{2, 1, 2}, timeDecay, []uint64{714_285_714, 285_714_286}},
	} {
		var c Credits
		c.credit(pathOf(test.path...), 0)
		if got := c.Weights[test.rule][:len(test.want)]; !equal(got, test.want) {
			t.Errorf("%s of %v is %v, want %v", Models[test.rule], test.path, got, test.want)
		}
	}
}

func TestACodeHoldsThePortalsOfThePathInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := randomPath(t)
		got := Decode(nil, p.Code())
		for i, portal := range p.Portals() {
			if len(got) != len(p.Portals()) || got[i] != portal {
				t.Fatalf("%v became %v", p.Portals(), got)
			}
		}
	})
	if got := Decode(nil, new(Path).Code()); len(got) != 1 || got[0] != Direct {
		t.Errorf("the path without a touch became %v", got)
	}
}

// worthOf is the number of conversions of the paths whose portals all lie inside
// the coalition.
func worthOf(paths []uint16, coalition uint16) int64 {
	worth := int64(0)
	for _, path := range paths {
		if path&^coalition == 0 {
			worth++
		}
	}
	return worth
}

// bruteShapley weighs a portal's gain in every coalition that it can join.
func bruteShapley(paths []uint16, portal, players int) *big.Rat {
	value := new(big.Rat)
	for coalition := uint16(0); coalition < 1<<players; coalition++ {
		if coalition&(1<<portal) != 0 {
			continue
		}
		gain := worthOf(paths, coalition|1<<portal) - worthOf(paths, coalition)
		size := int64(bits.OnesCount16(coalition))
		orders := new(big.Rat).SetInt(new(big.Int).Mul(new(big.Int).MulRange(1, size), new(big.Int).MulRange(1, int64(players)-size-1)))
		orders.Quo(orders, new(big.Rat).SetInt(new(big.Int).MulRange(1, int64(players))))
		value.Add(value, orders.Mul(orders, big.NewRat(gain, 1)))
	}
	return value
}

func TestShapleyIsTheShapleyValueOverAllCoalitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sets []uint16
		given := map[Channel]*big.Rat{}
		for range rapid.IntRange(1, 6).Draw(t, "paths") {
			p, set := randomPath(t), uint16(0)
			for _, portal := range p.Portals() {
				set |= 1 << (portal - 1)
				if given[portal] == nil {
					given[portal] = new(big.Rat)
				}
				given[portal].Add(given[portal], big.NewRat(1, int64(len(p.Portals()))))
			}
			if parts := p.parts(shapley); parts[0] != 1 || parts[len(p.Portals())-1] != 1 {
				t.Fatalf("parts are %v of %v", parts, p.Portals())
			}
			sets = append(sets, set)
		}
		for portal, got := range given {
			if want := bruteShapley(sets, int(portal-1), Portals); got.Cmp(want) != 0 {
				t.Fatalf("portal %v gets %s, its Shapley value is %s", portal, got, want)
			}
		}
	})
}
