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
	Groups metrics.Groups // of the merchants in scope
	Cells  []GroupSums    // by (currency, day, portal)
	Pooled []GroupSums    // by (currency, portal), over the final days of each merchant
}

// Rows returns visit conversion by day, and last the rows of the range.
//
//	rate = converted visits / visits
//
// Rows come in the order of days, then all visits before each portal, then
// currencies. There is one row for each currency of the scope's merchants:
// counts, rate and interval are those of the whole scope in each of them, gross
// and net are that currency's. A day's cell is final when the day after it, and
// the settlement of every merchant in scope, is over. The row of the range pools
// the final days of each merchant, and is always there: without a final visit
// its counts are 0, its rate is null, and it is open.
//
// Net is as far as refunds are known: a later refund changes it in a later
// publication, whatever the state.
//
// Source: docs/metrics.md, conversion.
func (a *Answer) Rows() []Row {
	cells := merge(a.Cells)
	rows := make([]Row, 0, len(cells)+1)
	for _, c := range cells {
		rows = append(rows, a.rows(c, a.Groups.SettledState(c.day, c.day+WindowDays))...)
	}
	pooled := merge(a.Pooled)
	for _, value := range values(cells) {
		c := &cell{key: key{value: value}}
		for _, found := range pooled {
			if found.value == value {
				c = found
			}
		}
		state := metrics.Open
		if c.sums.V > 0 {
			state = metrics.Final
		}
		rows = append(rows, a.rows(c, state)...)
	}
	return rows
}

// key names a cell; day 0 is the range.
type key struct {
	day   sevenday.Day
	value string
}

func (k key) compare(other key) int {
	return cmp.Or(cmp.Compare(k.day, other.day), comparePortals(k.value, other.value))
}

// comparePortals orders all visits first and the portals as they are listed everywhere.
func comparePortals(a, b string) int {
	first, _ := sevenday.ParsePortal(a)
	second, _ := sevenday.ParsePortal(b)
	return cmp.Compare(first, second)
}

// cell is one day and portal over all currencies.
type cell struct {
	key
	sums  interval.ClusterSums
	money map[string]amounts // by currency
}

type amounts struct{ gross, net sevenday.Money }

// merge adds up the currencies of each cell, in order.
func merge(groups []GroupSums) []*cell {
	byKey := make(map[key]*cell)
	for i := range groups {
		g := &groups[i]
		k := key{g.Day, g.Value}
		c := byKey[k]
		if c == nil {
			c = &cell{key: k, money: make(map[string]amounts)}
			byKey[k] = c
		}
		c.sums.Add(interval.ClusterSums{Clusters: int64(g.Clusters), V: g.V, C: g.C, VV: g.VV, VC: g.VC, CC: g.CC})
		sum := c.money[g.Currency]
		c.money[g.Currency] = amounts{sum.gross + g.Gross, sum.net + g.Net}
	}
	return slices.SortedFunc(maps.Values(byKey), func(a, b *cell) int { return a.compare(b.key) })
}

// values lists "" and the portals of the cells.
func values(cells []*cell) []string {
	list := []string{""}
	for _, c := range cells {
		list = append(list, c.value)
	}
	slices.SortFunc(list, comparePortals)
	return slices.Compact(list)
}

// rows makes one row of a cell for each currency; one without money where the
// scope has no merchants.
func (a *Answer) rows(c *cell, state metrics.State) []Row {
	row := Row{
		Visits: int64(c.sums.V), ConvertedVisits: int64(c.sums.C), State: state,
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry), Value: metrics.NonZero(c.value), Day: metrics.NonZero(c.day),
	}
	if c.sums.V > 0 {
		row.Rate = metrics.Optional(c.sums.C / c.sums.V)
		if i, ok := interval.Clustered(c.sums, interval.Level); ok {
			row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
		}
	}
	currencies := a.Groups.Currencies()
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
