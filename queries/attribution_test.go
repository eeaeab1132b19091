package queries

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

func TestEveryCreditEqualsANaiveCountOfTheTimelines(t *testing.T) {
	c, w, transitions := attributedWorld(t, 2, ended)
	n := newNaiveCredit(w, transitions)
	questions := []attribution.Query{
		{Models: []attribution.Model{attribution.Linear, attribution.Markov}},
		{ByDay: true, Models: []attribution.Model{attribution.TimeDecay}},
	}
	for _, scope := range scopes {
		for _, days := range ranges() {
			questions = append(questions, attribution.Query{Scope: scope, Range: days, ByDay: true})
		}
	}
	for _, q := range questions {
		got, err := c.Attribution(t.Context(), q)
		compare(t, q, n.rows(q), got, err)
	}
}

// monthEnds is a watermark at which August and the lookback after it are over in
// New York for a merchant that settles at once, not for one that takes a day.
var monthEnds = time.Date(2026, 9, 8, 10, 0, 0, 0, time.UTC)

func TestAMonthIsFinalWhenTheLastMerchantOfItsFitIs(t *testing.T) {
	c, w, transitions := attributedWorld(t, 3, monthEnds)
	n := newNaiveCredit(w, transitions)
	for _, scope := range []metrics.Scope{{}, {Industry: "catering"}, {Merchant: "cafe"}, {Merchant: "diner"}, {Merchant: "apple"}} {
		q := attribution.Query{Scope: scope, ByDay: true, Models: []attribution.Model{attribution.Markov, attribution.Shapley}}
		got, err := c.Attribution(t.Context(), q)
		compare(t, q, n.rows(q), got, err)
	}
}

type creditKey struct {
	day      sevenday.Day // 0 for the range
	model    attribution.Model
	value    string
	currency string
}

type creditSum struct {
	weight          int64
	money, lastGets int64
}

// creditCells are credits, and whose fits made those of markov.
type creditCells struct {
	credits map[creditKey]creditSum
	fits    map[creditKey]map[string]bool // without value and model
}

func (n *naiveCredit) cells(q attribution.Query) creditCells {
	cells := creditCells{map[creditKey]creditSum{}, map[creditKey]map[string]bool{}}
	for _, line := range n.linesIn(q.Scope) {
		for i := range line.Orders {
			o := &line.Orders[i]
			paidOn := line.Merchant.Calendar.Day(o.PaidAt)
			if !n.within(line.Merchant, q.Range, paidOn) {
				continue
			}
			for _, model := range attribution.Models {
				if q.Asks(model) {
					n.note(&cells, q, model, line, o, paidOn)
				}
			}
		}
	}
	return cells
}

func (n *naiveCredit) note(cells *creditCells, q attribution.Query, model attribution.Model, line *metrics.Timeline, o *metrics.Order, paidOn sevenday.Day) {
	var days []sevenday.Day
	if q.ByDay {
		days = append(days, paidOn)
	}
	if n.isFinal(model, line.Merchant, paidOn) {
		days = append(days, 0)
	}
	up, last := n.split(model, line, o), n.split(attribution.LastTouch, line, o)
	_, own := n.fit(line.Merchant, paidOn.FirstOfMonth())
	for _, day := range days {
		for i, value := range up.values {
			key := creditKey{day, model, value, line.Merchant.Currency}
			sum := cells.credits[key]
			sum.weight += up.weights[i]
			if o.Currency == line.Merchant.Currency {
				sum.money += up.money[i]
				sum.lastGets += last.money[slices.Index(last.values, value)]
			}
			cells.credits[key] = sum
		}
		fit := creditKey{day: day, currency: line.Merchant.Currency}
		if cells.fits[fit] == nil {
			cells.fits[fit] = map[string]bool{}
		}
		if model == attribution.Markov {
			cells.fits[fit][map[bool]string{true: "merchant", false: "industry"}[own]] = true
		}
	}
}

// isFinal tells whether a merchant's payments of a day are final under a model.
func (n *naiveCredit) isFinal(model attribution.Model, m *metrics.Merchant, paidOn sevenday.Day) bool {
	if model != attribution.Markov {
		return n.stateOf(m, paidOn, paidOn+7) == metrics.Final
	}
	over := metrics.Scope{Merchant: m.MerchantID}
	if _, own := n.fit(m, paidOn.FirstOfMonth()); !own {
		over = metrics.Scope{Industry: m.Industry}
	}
	return n.monthState(over, paidOn) == metrics.Final
}

func (n *naiveCredit) monthState(scope metrics.Scope, day sevenday.Day) metrics.State {
	next := (day.FirstOfMonth() + 31).FirstOfMonth()
	return n.scopeState(scope, func(m *metrics.Merchant) metrics.State {
		return n.stateOf(m, day, next-1+7+sevenday.Day(m.SettlementDays))
	})
}

func (n *naiveCredit) rows(q attribution.Query) []attribution.Row {
	cells := n.cells(q)
	keys := map[creditKey]bool{}
	for key := range cells.credits {
		for _, model := range attribution.Models {
			keys[creditKey{key.day, model, key.value, key.currency}] = q.Asks(model)
		}
	}
	for _, m := range n.in(q.Scope) {
		for _, model := range attribution.Models {
			for _, value := range append(sevenday.PortalNames(), "direct") {
				keys[creditKey{0, model, value, m.Currency}] = q.Asks(model)
			}
		}
	}
	var rows []attribution.Row
	for key, asked := range keys {
		if asked {
			rows = append(rows, n.row(q, cells, key))
		}
	}
	values := append(sevenday.PortalNames(), "direct")
	slices.SortFunc(rows, func(a, b attribution.Row) int {
		return cmp.Or(compareDays(a.Day, b.Day), cmp.Compare(slices.Index(attribution.Models[:], a.Model), slices.Index(attribution.Models[:], b.Model)),
			cmp.Compare(slices.Index(values, a.Value), slices.Index(values, b.Value)), cmp.Compare(*a.Currency, *b.Currency))
	})
	return rows
}

func (n *naiveCredit) row(q attribution.Query, cells creditCells, key creditKey) attribution.Row {
	var all creditSum
	for other, sum := range cells.credits {
		if other.day == key.day && other.model == key.model && other.currency == key.currency {
			all.weight += sum.weight
			all.money += sum.money
		}
	}
	sum := cells.credits[key]
	row := attribution.Row{
		MerchantID: metrics.NonZero(q.Scope.Merchant), Industry: metrics.NonZero(q.Scope.Industry), Day: metrics.NonZero(key.day),
		Model: key.model, Value: key.value, Currency: &key.currency, Payments: float64(sum.weight) / 1e9,
		Credit: sevenday.Money(sum.money), FromLastTouch: sevenday.Money(sum.money - sum.lastGets), State: metrics.Open,
	}
	if all.weight > 0 {
		row.PaymentsShare = metrics.Optional(float64(sum.weight) / float64(all.weight))
	}
	if all.money > 0 {
		row.CreditShare = metrics.Optional(float64(sum.money) / float64(all.money))
	}
	fits := cells.fits[creditKey{day: key.day, currency: key.currency}]
	if key.model == attribution.Markov {
		row.Fit = fitName(fits)
	}
	switch {
	case key.day == 0 && all.weight > 0:
		row.State = metrics.Final
	case key.day != 0 && key.model == attribution.Markov:
		scope := q.Scope
		if q.Scope.Merchant != "" && !fits["merchant"] {
			scope = metrics.Scope{Industry: n.in(q.Scope)[0].Industry}
		}
		row.State = n.monthState(scope, key.day)
	case key.day != 0:
		row.State = n.currencyState(q.Scope, key)
	}
	return row
}

func fitName(fits map[string]bool) *string {
	for name := range fits {
		if len(fits) == 1 {
			return &name
		}
	}
	if len(fits) == 0 {
		return nil
	}
	return metrics.Optional("both")
}

// currencyState is that of a rule's day over the scope's merchants of a currency.
func (n *naiveCredit) currencyState(scope metrics.Scope, key creditKey) metrics.State {
	states := map[metrics.State]bool{}
	for _, m := range n.in(scope) {
		if m.Currency == key.currency {
			states[n.stateOf(m, key.day, key.day+7)] = true
		}
	}
	return oneState(states)
}
