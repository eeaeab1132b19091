package conversion

import (
	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/interval"
)

// DetailAnswer is everything that the rows of a detailed question are made
// from. Days that have not begun are in none of it.
type DetailAnswer struct {
	Detail
	Closing *Closing    // of the merchants in scope, with the question's Reach
	Cells   []GroupSums // by (currency, day, value)
	Pooled  []GroupSums // by (currency, value), over the final days of each merchant
}

// Rows returns conversion by day, and last the rows of the range, in the order
// of days and values, all values together first.
//
//	rate = converted visits / visits
//
// A breakdown by what belongs to the visit (portal, terminal, store, campaign,
// industry, city) splits visits and conversions; with unit user the value is that
// of the visitor's first visit of the day. A breakdown by what belongs to the
// payment (lever, method, currency) splits the conversions, and every value has
// all visits below the line: a visit stands at its first payment's value, money
// at its own payment's. In both, the parts add up to the whole.
//
// There is one row for each currency of the scope's merchants, as in
// Answer.Rows, but for the values of a breakdown by currency, which have a row
// of their own currency each, the merchant's or not. Money is that of visits: a
// user's payment can lie within the windows of two days, so unit user has none.
//
// A day is final when the window of its last visit and every settlement are
// over, on a net basis after the refund horizon too. Intervals: users as clusters
// for one merchant, merchants for more; Wilson for one merchant's users of a day,
// of whom each counts once.
//
// Source: docs/metrics.md, conversion.
func (a *DetailAnswer) Rows() []DetailRow {
	var rows []DetailRow
	for _, c := range inOrder(a.Cells, a.Pooled, a.By) {
		rows = append(rows, a.rows(c)...)
	}
	return rows
}

func (a *DetailAnswer) rows(c *cell) []DetailRow {
	row := DetailRow{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry),
		Unit: a.Unit, Basis: a.Basis, WindowHours: float64(a.Window) / millisPerHour, By: metrics.NonZero(a.By),
		Value: metrics.NonZero(c.value), Day: metrics.NonZero(c.day),
		Visits: int64(c.sums.V), ConvertedVisits: int64(c.sums.C), Rate: c.rate(), State: c.state(a.Closing),
	}
	if i, ok := a.interval(c); ok {
		row.Low, row.High = metrics.Optional(i.Low), metrics.Optional(i.High)
	}
	currencies := a.currencies(c)
	if len(currencies) == 0 {
		return []DetailRow{row}
	}
	rows := make([]DetailRow, len(currencies))
	for i, currency := range currencies {
		rows[i] = row
		rows[i].setMoney(currency, c.money[currency])
	}
	return rows
}

const millisPerHour = 60 * 60 * 1000

// currencies lists those for which a cell has a row; none with unit user.
func (a *DetailAnswer) currencies(c *cell) []string {
	switch {
	case a.Unit == UnitUser:
		return nil
	case a.By == ByCurrency && c.value != "":
		return []string{c.value}
	default:
		return a.Closing.groups.Currencies()
	}
}

func (a *DetailAnswer) interval(c *cell) (interval.Interval, bool) {
	if a.Unit == UnitUser && a.Merchant != "" && c.day != 0 {
		return interval.Wilson(int64(c.sums.C), int64(c.sums.V), interval.Level)
	}
	return interval.Clustered(c.sums, interval.Level)
}

func (r *DetailRow) setMoney(currency string, money amounts) {
	r.Currency = metrics.Optional(currency)
	r.Gross, r.Net = metrics.Optional(money.gross), metrics.Optional(money.net)
	r.GrossPerVisit, r.NetPerVisit = perVisit(money.gross, r.Visits), perVisit(money.net, r.Visits)
}

// perVisit divides money that is not negative, half a hundredth rounded up; nil
// without visits.
func perVisit(sum sevenday.Money, visits int64) *sevenday.Money {
	if visits == 0 {
		return nil
	}
	return metrics.Optional((sum + sevenday.Money(visits/2)) / sevenday.Money(visits))
}
