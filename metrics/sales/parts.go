package sales

import (
	"cmp"
	"slices"
	"strings"

	"sevenday"
	"sevenday/metrics"
)

// By is what sales are broken down by.
type By string

// The breakdowns. Store and city are the order's, or the visit's first entry's:
// the store's city where the merchant named one, else the merchant's.
const (
	ByStore    By = "store"
	ByMethod   By = "method"
	ByLever    By = "lever"
	ByIndustry By = "industry"
	ByCity     By = "city"
	ByCurrency By = "currency" // of the orders, be it their merchant's or another
)

// Breakdowns lists what sales can be broken down by.
var Breakdowns = [...]By{ByStore, ByMethod, ByLever, ByIndustry, ByCity, ByCurrency}

// HasAudience tells the breakdowns that visits have too.
func (b By) HasAudience() bool { return b == ByStore || b == ByIndustry || b == ByCity }

// Part is one scope's sales of a day with one value of a breakdown, in one
// currency. Orders count in the currency in which they were paid.
type Part struct {
	MerchantID    *string         `json:"merchant_id"`
	Industry      *string         `json:"industry"`
	By            By              `json:"by" doc:"the breakdown"`
	Value         *string         `json:"value" doc:"the breakdown's value; null where the record names none"`
	Day           *sevenday.Day   `json:"day" doc:"the merchant's day; null adds up the final days of the range"`
	Merchants     int64           `json:"merchants"`
	Currency      string          `json:"currency"`
	Orders        int64           `json:"orders"`
	Buyers        int64           `json:"buyers" doc:"distinct users who paid; of a range: user-days"`
	Gross         sevenday.Money  `json:"gross"`
	Refunds       sevenday.Money  `json:"refunds" doc:"on the day of their payment"`
	RefundsByDate sevenday.Money  `json:"refunds_by_date" doc:"on their own day, whenever the payment was"`
	Net           sevenday.Money  `json:"net"`
	Consumption   sevenday.Money  `json:"consumption" doc:"gross plus stored value spent"`
	AverageOrder  *sevenday.Money `json:"average_order" doc:"net / orders"`
	Visits        *int64          `json:"visits" doc:"null where visits do not have the breakdown"`
	Visitors      *int64          `json:"visitors" doc:"distinct users with a visit; null where visits do not have the breakdown"`
	State         metrics.State   `json:"state" enum:"final,open,not_due"`
}

// PartQuery asks for sales by day, broken down.
type PartQuery struct {
	metrics.Scope
	metrics.Range
	By By
}

// Validate says what is wrong with the question, naming the field.
func (q PartQuery) Validate() error {
	if slices.Contains(Breakdowns[:], q.By) {
		return nil
	}
	names := make([]string, len(Breakdowns))
	for i, by := range Breakdowns {
		names[i] = string(by)
	}
	return sevenday.Invalidf("breakdown %q is unknown: use %s", q.By, strings.Join(names, ", "))
}

// PartSums are the sales of a scope's merchants with one value, in the form that
// a database sums.
type PartSums struct {
	Value         string         `ch:"value"`
	Currency      string         `ch:"currency"`
	Day           sevenday.Day   `ch:"day"` // 0 where final days are added up
	Merchants     uint64         `ch:"merchants"`
	Orders        uint64         `ch:"orders"`
	Buyers        uint64         `ch:"buyers"`
	Gross         sevenday.Money `ch:"gross"`
	Refunds       sevenday.Money `ch:"refunds"`
	RefundsByDate sevenday.Money `ch:"refunds_by_date"`
	StoredValue   sevenday.Money `ch:"stored_value"`
	Visits        uint64         `ch:"visits"`
	Visitors      uint64         `ch:"visitors"`
}

// PartsAnswer is everything that the rows of one broken-down question are made
// from. Days that have not begun are in none of it.
type PartsAnswer struct {
	PartQuery
	Groups metrics.Groups // of the merchants in scope
	Cells  []PartSums     // by (value, currency, day)
	Pooled []PartSums     // by (value, currency), over the closed days of each merchant
}

// Rows returns the parts by day, and last those of the range. Orders, money and
// visits of the values add up to the scope's. Buyers and visitors do not where
// one user buys in two stores on a day, or by two methods.
//
// Visits and visitors stand in the row of the merchant's own currency; visitors
// of a store or city are those of whom a visit started on the day, those of an
// industry those with a visit entry.
//
// A day is final when it is closed for all merchants of the scope.
//
// Source: docs/metrics.md, sales by part.
func (a *PartsAnswer) Rows() []Part {
	rows := make([]Part, 0, len(a.Cells)+len(a.Pooled))
	for _, sums := range [][]PartSums{a.Cells, a.Pooled} {
		slices.SortFunc(sums, func(x, y PartSums) int {
			return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Value, y.Value), cmp.Compare(x.Currency, y.Currency))
		})
		for i := range sums {
			rows = append(rows, a.row(&sums[i]))
		}
	}
	return rows
}

func (a *PartsAnswer) row(g *PartSums) Part {
	net := g.Gross - g.Refunds
	part := Part{
		MerchantID: metrics.NonZero(a.Merchant), Industry: metrics.NonZero(a.Industry), By: a.By, Value: metrics.NonZero(g.Value),
		Day: metrics.NonZero(g.Day), Merchants: int64(g.Merchants), Currency: g.Currency,
		Orders: int64(g.Orders), Buyers: int64(g.Buyers), Gross: g.Gross, Refunds: g.Refunds, RefundsByDate: g.RefundsByDate,
		Net: net, Consumption: g.Gross + g.StoredValue, AverageOrder: average(net, int64(g.Orders)), State: metrics.Final,
	}
	if g.Day != 0 {
		part.State = a.Groups.State(g.Day, g.Day)
	}
	if a.By.HasAudience() {
		part.Visits, part.Visitors = metrics.Optional(int64(g.Visits)), metrics.Optional(int64(g.Visitors))
	}
	return part
}
