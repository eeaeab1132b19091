package attribution

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// RefundDays is how long after a payment its refunds are waited for: credit is of
// the net amount, so it is final when they are over.
const RefundDays sevenday.Day = 7

// RuleSums are the credits of a channel under each rule, of a scope's merchants of
// one currency, in the form that a database sums.
type RuleSums struct {
	Currency string       `ch:"currency"`
	Day      sevenday.Day `ch:"day"` // 0 where final days are pooled
	Channel  uint8        `ch:"channel_number"`
	Given
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Groups metrics.Groups // of the merchants in scope
	// IndustryGroups are those of all merchants of the industry, where the scope is
	// one merchant: it may take part in the industry's fit.
	IndustryGroups metrics.Groups
	Cells          []RuleSums  // by (currency, day, channel)
	Pooled         []RuleSums  // by (currency, channel), over the days of each merchant that are final
	Markov         *MarkovSums // nil where it is not asked for
}

// Rows returns the credit of every portal under every model that is asked for.
//
//	sum over values of credit = net sales of the day,  credit_share = credit / net sales
//
// Rows come in the order of days, last the range, then models, then portals with
// direct last, then currencies. A day has the portals that some model credits;
// the range has all of them, and is always there.
//
// A rule's cell is final when its day and the days in which refunds are waited
// for are closed; one of markov when its month, the lookback after it and the
// settlement are: of the merchant where its own fit is used, else of every
// merchant in the industry. The range pools, for each merchant, the days that are
// final under the model, so markov's range may be of other days than the rules':
// from_last_touch compares each model with last_touch over its own days. Without
// a final day of a model its figures are 0, its shares null, and it is open.
//
// Source: docs/metrics.md, attribution.
func (a *Answer) Rows() []Row {
	cells := a.cells()
	keys := slices.SortedFunc(maps.Keys(cells), func(x, y rowKey) int {
		return cmp.Or(cmp.Compare(x.order(), y.order()), cmp.Compare(x.model, y.model), cmp.Compare(x.currency, y.currency))
	})
	var rows []Row
	for start := 0; start < len(keys); {
		end := start + 1
		for end < len(keys) && keys[end].day == keys[start].day && keys[end].model == keys[start].model {
			end++
		}
		rows = append(rows, a.side(cells, keys[start:end])...)
		start = end
	}
	return rows
}

// rowKey names the rows of one model, day and currency; the model is its place in
// Models.
type rowKey struct {
	cellKey
	model int
}

// order puts the range, day 0, last.
func (k rowKey) order() uint32 { return uint32(k.day) - 1 }

// rowCell is what the rows of a key are made of.
type rowCell struct {
	credits [Channels]credited
	fit     *string
	shown   [Channels]bool // some model credits the channel
}

// cells puts together the days and the range under every model asked for.
func (a *Answer) cells() map[rowKey]*rowCell {
	cells := make(map[rowKey]*rowCell)
	for _, currency := range a.currencies() {
		for place, model := range Models {
			if a.Asks(model) {
				cells[rowKey{cellKey{currency, 0}, place}] = new(rowCell)
			}
		}
	}
	for _, sums := range [...][]RuleSums{a.Cells, a.Pooled} {
		for i := range sums {
			a.addRules(cells, &sums[i])
		}
	}
	if a.Markov != nil {
		for key, cell := range a.Markov.cells {
			cells[rowKey{key, len(Models) - 1}] = &rowCell{credits: cell.credits, fit: cell.fit()}
		}
	}
	show(cells)
	return cells
}

// currencies are those of the scope's merchants, an empty one without merchants.
func (a *Answer) currencies() []string {
	if len(a.Groups) == 0 {
		return []string{""}
	}
	return a.Groups.Currencies()
}

func (a *Answer) addRules(cells map[rowKey]*rowCell, sums *RuleSums) {
	weights, money := sums.rules()
	for rule := range Rules {
		if !a.Asks(Models[rule]) {
			continue
		}
		key := rowKey{cellKey{sums.Currency, sums.Day}, rule}
		if cells[key] == nil {
			cells[key] = new(rowCell)
		}
		cells[key].credits[sums.Channel] = credited{weights[rule], money[rule], money[lastTouch]}
	}
}

// show marks, for every cell, the channels that some model credits in it: all of
// them in the range.
func show(cells map[rowKey]*rowCell) {
	all := make(map[cellKey]*[Channels]bool)
	for key, cell := range cells {
		shown := all[key.cellKey]
		if shown == nil {
			shown = new([Channels]bool)
			all[key.cellKey] = shown
		}
		for channel := 1; channel < Channels; channel++ {
			shown[channel] = shown[channel] || key.day == 0 || cell.credits[channel].weight > 0
		}
	}
	for key, cell := range cells {
		cell.shown = *all[key.cellKey]
	}
}

// side makes the rows of one day and model, whose currencies stand side by side.
func (a *Answer) side(cells map[rowKey]*rowCell, keys []rowKey) []Row {
	var rows []Row
	for channel := Channel(1); channel < Channels; channel++ {
		for _, key := range keys {
			if cell := cells[key]; cell.shown[channel] {
				rows = append(rows, a.row(key, cell, channel))
			}
		}
	}
	return rows
}

func (a *Answer) row(key rowKey, cell *rowCell, channel Channel) Row {
	c := &cell.credits[channel]
	row := Row{
		MerchantID: metrics.NonZero(a.Scope.Merchant), Industry: metrics.NonZero(a.Scope.Industry), Day: metrics.NonZero(key.day),
		Model: Models[key.model], Value: channel.String(), Currency: metrics.NonZero(key.currency),
		Payments: float64(c.weight) / Unit, Credit: c.money, FromLastTouch: c.money - c.lastTouch, Fit: cell.fit,
	}
	weight, money := cell.total()
	if weight > 0 {
		row.PaymentsShare = metrics.Optional(float64(c.weight) / float64(weight))
	}
	if money > 0 {
		row.CreditShare = metrics.Optional(float64(c.money) / float64(money))
	}
	row.State = a.state(key, cell, weight > 0)
	return row
}

func (c *rowCell) total() (weight uint64, money sevenday.Money) {
	for channel := range c.credits {
		weight += c.credits[channel].weight
		money += c.credits[channel].money
	}
	return weight, money
}

// state of a cell; the range is final as soon as there is a final payment in it.
func (a *Answer) state(key rowKey, cell *rowCell, paid bool) metrics.State {
	switch {
	case key.day == 0 && paid:
		return metrics.Final
	case key.day == 0:
		return metrics.Open
	case Models[key.model] != Markov:
		return a.Groups.In(key.currency).State(key.day, key.day+RefundDays)
	default:
		return a.markovState(key.day, cell.fit)
	}
}

// markovState of a day waits for all whose events the fits of its month are made of.
func (a *Answer) markovState(day sevenday.Day, fit *string) metrics.State {
	groups := a.Groups
	if a.Scope.Merchant != "" && fit != nil && *fit == FitIndustry {
		groups = a.IndustryGroups
	}
	return groups.SettledState(day, monthOver(day))
}

// monthOver is the last day whose events can change the fit of a day's month.
func monthOver(day sevenday.Day) sevenday.Day {
	return metrics.PeriodMonth.Last(metrics.PeriodMonth.Index(day)) + LookbackDays
}
