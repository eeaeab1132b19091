package queries

import (
	"math"
	"math/big"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

// naiveCredit knows the chains of a world, and the credits that were made before.
type naiveCredit struct {
	*world
	chains  map[attribution.FitKey]*attribution.Chain
	effects map[*attribution.Chain]attribution.Effects
	splits  map[splitKey]splitUp
}

type splitKey struct {
	order *metrics.Order
	model attribution.Model
}

// splitUp is weight and money of each value of a payment's path.
type splitUp struct {
	values         []string
	weights, money []int64
}

func newNaiveCredit(w *world, transitions []attribution.TransitionRow) *naiveCredit {
	n := &naiveCredit{
		w, map[attribution.FitKey]*attribution.Chain{}, map[*attribution.Chain]attribution.Effects{}, map[splitKey]splitUp{},
	}
	for _, row := range transitions {
		m := w.merchants[slices.IndexFunc(w.merchants, func(m *metrics.Merchant) bool { return m.MerchantID == row.MerchantID })]
		for _, key := range []attribution.FitKey{
			{Industry: m.Industry, MerchantID: m.MerchantID, Month: row.Month}, {Industry: m.Industry, Month: row.Month},
		} {
			if n.chains[key] == nil {
				n.chains[key] = new(attribution.Chain)
			}
			n.chains[key][row.Source][row.Target] += row.Transitions
		}
	}
	return n
}

// fit returns the chain that a merchant's month is split by, and whether it is its own.
func (n *naiveCredit) fit(m *metrics.Merchant, month sevenday.Day) (chain *attribution.Chain, own bool) {
	chain = n.chains[attribution.FitKey{Industry: m.Industry, MerchantID: m.MerchantID, Month: month}]
	if chain != nil && chain.Conversions() >= 200 {
		return chain, true
	}
	chain = n.chains[attribution.FitKey{Industry: m.Industry, Month: month}]
	if chain == nil {
		chain = new(attribution.Chain)
	}
	return chain, false
}

// touch is a visit before a payment.
type touch struct {
	value string
	age   sevenday.Millis
}

func touchesOf(line *metrics.Timeline, o *metrics.Order) []touch {
	var touches []touch
	for _, v := range line.Visits {
		if age := o.DecidedAt - v.Start; age >= 0 && age <= 7*day {
			value := v.Portal.String()
			if v.Portal == sevenday.PortalNone {
				value = "other"
			}
			touches = append(touches, touch{value, age})
		}
	}
	if touches == nil {
		touches = []touch{{"direct", 0}}
	}
	return touches
}

// worths is what each touch of a path is worth under a model, up to a factor.
func worths(model attribution.Model, touches []touch) []float64 {
	list := make([]float64, len(touches))
	last := len(touches) - 1
	for i, at := range touches {
		switch model {
		case attribution.LastTouch:
			list[i] = float64(b2i(i == last))
		case attribution.FirstTouch:
			list[i] = float64(b2i(i == 0))
		case attribution.Linear:
			list[i] = 1
		case attribution.Position:
			list[i] = 1
			if (i == 0 || i == last) && last > 1 {
				list[i] = 2 * float64(last-1)
			}
		case attribution.TimeDecay:
			list[i] = math.Round(math.Exp2(-float64(at.age)/float64(48*hour)) * (1 << 40))
		case attribution.Shapley:
			first := slices.IndexFunc(touches, func(other touch) bool { return other.value == at.value })
			list[i] = float64(b2i(first == i))
		}
	}
	return list
}

// share divides an amount by parts: the whole units, and then one more for those
// that lost most, earlier ones first.
func share(amount int64, parts []*big.Rat) []int64 {
	total, left := new(big.Rat), amount
	for _, part := range parts {
		total.Add(total, part)
	}
	shares, lost := make([]int64, len(parts)), make([]*big.Rat, len(parts))
	for i, part := range parts {
		exact := new(big.Rat).Mul(part, big.NewRat(amount, 1))
		exact.Quo(exact, total)
		shares[i] = new(big.Int).Quo(exact.Num(), exact.Denom()).Int64()
		lost[i] = exact.Sub(exact, big.NewRat(shares[i], 1))
		left -= shares[i]
	}
	for ; left > 0; left-- {
		most := 0
		for i := range lost {
			if lost[i].Cmp(lost[most]) > 0 {
				most = i
			}
		}
		shares[most]++
		lost[most] = big.NewRat(-1, 1)
	}
	return shares
}

// split shares a payment under a model.
func (n *naiveCredit) split(model attribution.Model, line *metrics.Timeline, o *metrics.Order) splitUp {
	key := splitKey{o, model}
	if _, done := n.splits[key]; !done {
		n.splits[key] = n.splitNow(model, line, o)
	}
	return n.splits[key]
}

func (n *naiveCredit) splitNow(model attribution.Model, line *metrics.Timeline, o *metrics.Order) splitUp {
	touches := touchesOf(line, o)
	worth := worths(model, touches)
	effects := n.effectsOn(line.Merchant, line.Merchant.Calendar.Day(o.PaidAt))
	var values []string
	var parts []*big.Rat
	for i, touch := range touches {
		at := slices.Index(values, touch.value)
		if at < 0 {
			at = len(values)
			values, parts = append(values, touch.value), append(parts, new(big.Rat))
			if portal, _ := sevenday.ParsePortal(touch.value); model == attribution.Markov {
				parts[at].SetInt64(int64(effects[portal]))
			}
		}
		parts[at].Add(parts[at], new(big.Rat).SetFloat64(worth[i]))
	}
	if !slices.ContainsFunc(parts, func(part *big.Rat) bool { return part.Sign() > 0 }) {
		for _, part := range parts {
			part.SetInt64(1)
		}
	}
	weights := share(1_000_000_000, parts)
	for i, weight := range weights {
		parts[i].SetInt64(weight)
	}
	return splitUp{values, weights, share(int64(o.Net()), parts)}
}

func (n *naiveCredit) effectsOn(m *metrics.Merchant, day sevenday.Day) attribution.Effects {
	chain, _ := n.fit(m, day.FirstOfMonth())
	effects, done := n.effects[chain]
	if !done {
		effects = chain.RemovalEffects()
		n.effects[chain] = effects
	}
	return effects
}
