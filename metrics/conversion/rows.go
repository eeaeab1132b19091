package conversion

import (
	"cmp"
	"maps"
	"slices"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// GroupSums are the visits of a scope's merchants of one currency, in the form
// that a database sums. The clusters are users for one merchant, merchants for
// an industry and the platform: v is a cluster's visits, c those that converted.
type GroupSums struct {
	Currency string         `ch:"currency"`
	Day      sevenday.Day   `ch:"day"`   // 0 where final days are pooled
	Value    string         `ch:"value"` // the portal, empty for all visits
	Clusters uint64         `ch:"clusters"`
	V        float64        `ch:"v"` // visits
	C        float64        `ch:"c"` // converted visits
	VV       float64        `ch:"vv"`
	VC       float64        `ch:"vc"`
	CC       float64        `ch:"cc"`
	Gross    sevenday.Money `ch:"gross"`
	Net      sevenday.Money `ch:"net"`
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Closing *Closing    // of the merchants in scope
	Cells   []GroupSums // by (currency, day, portal)
	Pooled  []GroupSums // by (currency, portal), over the final days of each merchant
}

// Rows returns visit conversion by day, and last the rows of the range.
//
//	rate = converted visits / visits
//
// Rows come in the order of days, then all visits before each portal, then
// currencies. There is one row for each currency of the scope's merchants:
// counts, rate and interval are those of the whole scope in each of them, gross
// and net are that currency's. A day's cell is final when the window of its last
// visit, and the settlement of every merchant in scope, is over. The row of the range pools
// the final days of each merchant, and is always there: without a final visit
// its counts are 0, its rate is null, and it is open.
//
// Net is as far as refunds are known: a later refund changes it in a later
// publication, whatever the state.
//
// Source: docs/metrics.md, conversion.
func (a *Answer) Rows() []Row {
	var rows []Row
	for _, c := range inOrder(a.Cells, a.Pooled, ByPortal) {
		rows = append(rows, a.rows(c, c.state(a.Closing))...)
	}
	return rows
}

// key names a cell; day 0 is the range.
type key struct {
	day   sevenday.Day
	value string
}

// cell is one day and portal over all currencies.
type cell struct {
	key
	sums  interval.ClusterSums
	money map[string]amounts // by currency
}

type amounts struct{ gross, net sevenday.Money }

// inOrder returns the cells of the days and then those of the range, one for
// each value that any day has; all values together come first.
func inOrder(days, pooled []GroupSums, by string) []*cell {
	cells, ranges := merge(days), merge(pooled)
	values := map[string]bool{"": true}
	for k := range cells {
		values[k.value] = true
	}
	for value := range values {
		k := key{value: value}
		cells[k] = ranges[k]
		if cells[k] == nil {
			cells[k] = &cell{key: k}
		}
	}
	return slices.SortedFunc(maps.Values(cells), func(a, b *cell) int {
		return cmp.Or(
			-compareBool(a.day != 0, b.day != 0),
			cmp.Compare(a.day, b.day),
			compareValues(by, a.value, b.value),
		)
	})
}

// merge adds up the currencies of each cell.
func merge(groups []GroupSums) map[key]*cell {
	cells := make(map[key]*cell)
	for i := range groups {
		g := &groups[i]
		k := key{g.Day, g.Value}
		c := cells[k]
		if c == nil {
			c = &cell{key: k, money: make(map[string]amounts)}
			cells[k] = c
		}
		c.sums.Add(interval.ClusterSums{Clusters: int64(g.Clusters), V: g.V, C: g.C, VV: g.VV, VC: g.VC, CC: g.CC})
		sum := c.money[g.Currency]
		c.money[g.Currency] = amounts{sum.gross + g.Gross, sum.net + g.Net}
	}
	return cells
}

// state of a day is told by the clock; the range is final once any of its days is.
func (c *cell) state(closing *Closing) metrics.State {
	switch {
	case c.day != 0:
		return closing.State(c.day)
	case c.sums.V > 0:
		return metrics.Final
	default:
		return metrics.Open
	}
}

// rate returns the cell's rate, nil without visits.
func (c *cell) rate() *float64 {
	if c.sums.V == 0 {
		return nil
	}
	return metrics.Optional(c.sums.C / c.sums.V)
}

// rows makes one row of a cell for each currency; one without money where the
// scope has no merchants.
func (a *Answer) rows(c *cell, state metrics.State) []Row {
	row := Row{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry), Day: metrics.NonZero(c.day), Value: metrics.NonZero(c.value),
		Visits: int64(c.sums.V), ConvertedVisits: int64(c.sums.C), Rate: c.rate(), State: state,
	}
	if i, ok := interval.Clustered(c.sums, interval.Level); ok {
		row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	currencies := a.Closing.groups.Currencies()
	if len(currencies) == 0 {
		return []Row{row}
	}
	rows := make([]Row, len(currencies))
	for i, currency := range currencies {
		money := c.money[currency]
		rows[i] = row
		rows[i].Currency = metrics.Optional(currency)
		rows[i].Gross, rows[i].Net = metrics.Optional(money.gross), metrics.Optional(money.net)
	}
	return rows
}
