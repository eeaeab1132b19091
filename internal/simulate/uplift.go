package simulate

import (
	"math"
	"slices"

	"sevenday"
)

// UpliftCell is what installments do to the adopters of one industry and one
// week of adoption in one week after it. Sums are over merchants, so that cells add up.
type UpliftCell struct {
	Industry string `json:"industry"`
	// Group is the Monday of the week that contains the adoption, Week the
	// Monday of the week described; Group <= Week.
	Group     sevenday.Day `json:"group"`
	Week      sevenday.Day `json:"week"`
	Merchants int          `json:"merchants"`
	// LogEffect sums the expected effect on the logarithm of a merchant's
	// weekly net sales less installment fees.
	LogEffect float64 `json:"log_effect"`
	// Ratio sums the merchants' expected sales with installments over those without.
	Ratio float64 `json:"ratio"`
	// With and Without are expected sales in currency units.
	With    float64 `json:"with"`
	Without float64 `json:"without"`
}

// add sums another cell into this one.
func (c *UpliftCell) add(other UpliftCell) {
	c.Merchants += other.Merchants
	c.LogEffect += other.LogEffect
	c.Ratio += other.Ratio
	c.With += other.With
	c.Without += other.Without
}

// geometric is exp of the mean log effect, less one.
func (c *UpliftCell) geometric() float64 { return math.Exp(c.LogEffect/float64(c.Merchants)) - 1 }

// Uplift is the effect under the three estimands that are never confused.
type Uplift struct {
	Geometric    float64 `json:"geometric"`
	RatioOfSums  float64 `json:"ratio_of_sums"`
	MeanOfRatios float64 `json:"mean_of_ratios"`
	Cells        int     `json:"merchant_weeks"`
}

// SumUplift returns the effect over the cells that are kept, each merchant
// week counting once: the weights of the simple aggregation of group-time
// effects. ok is false when no cell is kept.
func SumUplift(cells []UpliftCell, keep func(UpliftCell) bool) (u Uplift, ok bool) {
	var sum UpliftCell
	for _, c := range cells {
		if keep(c) {
			sum.add(c)
		}
	}
	if sum.Merchants == 0 {
		return Uplift{}, false
	}
	return Uplift{
		Geometric: sum.geometric(), RatioOfSums: sum.With/sum.Without - 1,
		MeanOfRatios: sum.Ratio/float64(sum.Merchants) - 1, Cells: sum.Merchants,
	}, true
}

// upliftOf is the effect on one merchant in the week.
//
// Sales are the sum of a Poisson number of independent amounts, so to second order
//
//	E[log sales] = log E[sales] - CV^2 / 2,  CV^2 = E[amount^2] / (E[amount]^2 * E[orders])
//
// and installments move both terms.
func (p *program) upliftOf(week sevenday.Day) UpliftCell {
	orders, ratio, square := 0.0, 0.0, 0.0
	for day := week; day < week+7; day++ {
		n := p.ordersOn(day)
		mean, meanSquare := p.adoption.spread(day)
		orders += n
		ratio += n * mean
		square += n * meanSquare
	}
	ratio, square = ratio/orders, square/orders
	noise := p.amountSquare() / orders
	without := orders * p.meanBasket() * (1 - refundMean) / 100
	return UpliftCell{
		Industry: p.Industry, Group: p.adoption.day.Monday(), Week: week, Merchants: 1,
		LogEffect: math.Log(ratio) - noise*(square/(ratio*ratio)-1)/2,
		Ratio:     ratio, With: without * ratio, Without: without,
	}
}

// upliftCells sums the adopters' effects by industry, group and week.
func (w *World) upliftCells() []UpliftCell {
	type key struct {
		industry    string
		group, week sevenday.Day
	}
	index := map[key]int{}
	var cells []UpliftCell
	for _, p := range w.programs {
		for _, c := range w.effects(p) {
			k := key{c.Industry, c.Group, c.Week}
			if _, there := index[k]; !there {
				index[k] = len(cells)
				cells = append(cells, UpliftCell{Industry: c.Industry, Group: c.Group, Week: c.Week})
			}
			cells[index[k]].add(c)
		}
	}
	return cells
}

// effects are the adopter's weeks of the panel from the adoption on; none for others.
func (w *World) effects(p *program) []UpliftCell {
	if !p.treated() {
		return nil
	}
	var list []UpliftCell
	first, _ := slices.BinarySearch(w.panel, p.adoption.day.Monday())
	for _, week := range w.panel[first:] {
		list = append(list, p.upliftOf(week))
	}
	return list
}

// usualTakeUp is the middle merchant's share of orders by installments before
// it is scaled to the effect that is planted.
const usualTakeUp = 0.35

// calibrateUplift scales the adopters' take-up until the geometric effect over
// all merchant weeks from the adoption on is the planted one.
func (w *World) calibrateUplift() {
	low, high := 0.0, 3.0
	for range 40 {
		middle := (low + high) / 2
		w.scaleTakeUp(middle)
		u, ok := SumUplift(w.upliftCells(), func(UpliftCell) bool { return true })
		if !ok {
			return
		}
		if u.Geometric < targetUplift {
			low = middle
		} else {
			high = middle
		}
	}
}

func (w *World) scaleTakeUp(scale float64) {
	for _, p := range w.programs {
		if p.treated() {
			p.adoption.ceiling = min(maxTakeUp, scale*usualTakeUp*p.adoption.pull)
		}
	}
}
