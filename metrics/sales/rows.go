package sales

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// GroupSums are the sales and audience of a scope's merchants in one currency,
// in the form that a database sums.
type GroupSums struct {
	Currency        string         `ch:"currency"`
	Day             sevenday.Day   `ch:"day"` // 0 where final days are added up
	Merchants       uint64         `ch:"merchants"`
	Orders          uint64         `ch:"orders"`
	ForeignOrders   uint64         `ch:"foreign_orders"`
	Buyers          uint64         `ch:"buyers"`
	NewBuyers       uint64         `ch:"new_buyers"`
	Gross           sevenday.Money `ch:"gross"`
	Refunds         sevenday.Money `ch:"refunds"`
	RefundsByDate   sevenday.Money `ch:"refunds_by_date"`
	ExcessOrders    uint64         `ch:"excess_orders"`
	Excess          sevenday.Money `ch:"excess_refunds"`
	NewNet          sevenday.Money `ch:"new_buyers_net"`
	NobodyNet       sevenday.Money `ch:"nobody_net"`
	StoredValue     sevenday.Money `ch:"stored_value"`
	Installments    sevenday.Money `ch:"installments"`
	Visits          uint64         `ch:"visits"`
	Visitors        uint64         `ch:"visitors"`
	NewVisitors     uint64         `ch:"new_visitors"`
	Registered      uint64         `ch:"registered"`
	RegisteredTotal uint64         `ch:"registered_total"`
}

// Answer is everything that the rows of one question are made from. Days that
// have not begun are in none of it.
type Answer struct {
	Query
	Groups metrics.Groups // of the merchants in scope
	Cells  []GroupSums    // by (currency, day)
	Pooled []GroupSums    // by currency, over the closed days of each merchant
}

// Rows returns sales and audience by day, and last the rows of the range.
//
//	net = gross - refunds = new_buyers_net + returning_buyers_net + nobody_net
//	average order = net / orders,  consumption = gross + stored value
//
// There is one row for each day and currency with an event of a merchant of that
// currency: counts and money are those merchants' alone, so the currencies' counts add up to
// the scope's. Orders in another currency than the merchant's are among the
// orders and buyers, but in no money of the row, and so not in its average order
// either; see Parts by currency for theirs.
//
// A day is final when it is closed for all the scope's merchants of the
// currency. The row of the range adds up the closed days of each merchant, and
// is always there for every currency of the scope's merchants: without a closed day its
// figures are 0, but for registered_total, and it is open. A refund lowers the net of the day of its
// payment; one that comes later does so in a later publication. By its own date
// it stands in refunds_by_date alone.
//
// Source: docs/metrics.md, sales.
func (a *Answer) Rows() []Row {
	slices.SortFunc(a.Cells, func(x, y GroupSums) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Currency, y.Currency))
	})
	rows := make([]Row, 0, len(a.Cells)+1)
	for i := range a.Cells {
		c := &a.Cells[i]
		row := a.row(c, a.Groups.In(c.Currency).State(c.Day, c.Day))
		row.Day = metrics.Optional(c.Day)
		rows = append(rows, row)
	}
	return append(rows, a.pooled()...)
}

func (a *Answer) pooled() []Row {
	currencies := a.Groups.Currencies()
	if len(currencies) == 0 {
		return []Row{a.row(&GroupSums{}, metrics.Open)}
	}
	rows := make([]Row, len(currencies))
	for i, currency := range currencies {
		sums, state := GroupSums{Currency: currency}, metrics.Open
		for _, g := range a.Pooled {
			if g.Currency == currency {
				sums = g
			}
		}
		if sums.Merchants > 0 {
			state = metrics.Final
		}
		rows[i] = a.row(&sums, state)
	}
	return rows
}

func (a *Answer) row(g *GroupSums, state metrics.State) Row {
	net := g.Gross - g.Refunds
	row := Row{
		Merchants: int64(g.Merchants), Orders: int64(g.Orders), ForeignOrders: int64(g.ForeignOrders),
		Buyers: int64(g.Buyers), NewBuyers: int64(g.NewBuyers),
		Gross: g.Gross, Refunds: g.Refunds, RefundsByDate: g.RefundsByDate, ExcessOrders: int64(g.ExcessOrders), ExcessRefunds: g.Excess,
		Net: net, NewBuyersNet: g.NewNet, ReturningBuyersNet: net - g.NewNet - g.NobodyNet, NobodyNet: g.NobodyNet,
		Consumption:  g.Gross + g.StoredValue,
		AverageOrder: average(net, int64(g.Orders-g.ForeignOrders)), Installments: g.Installments,
		Visits: int64(g.Visits), Visitors: int64(g.Visitors), NewVisitors: int64(g.NewVisitors),
		Registered: int64(g.Registered), RegisteredTotal: int64(g.RegisteredTotal), State: state,
	}
	row.MerchantID, row.Industry = metrics.NonZero(a.Merchant), metrics.NonZero(a.Industry)
	row.Currency = metrics.NonZero(g.Currency)
	return row
}

// average divides money that is not negative, half a hundredth rounded up; nil without orders.
func average(sum sevenday.Money, orders int64) *sevenday.Money {
	if orders == 0 {
		return nil
	}
	return metrics.Optional((sum + sevenday.Money(orders/2)) / sevenday.Money(orders))
}
