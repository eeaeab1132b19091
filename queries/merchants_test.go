package queries

import (
	"cmp"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
)

// compareMerchants holds each merchant's line against the answers about its own
// last 28 days.
func compareMerchants(t *testing.T, c *Catalog, w *world) {
	got, err := c.Merchants(t.Context())
	var want []MerchantRow
	for _, m := range w.merchants {
		want = append(want, w.naiveMerchant(t, c, m))
	}
	slices.SortFunc(want, func(a, b MerchantRow) int { return cmp.Compare(a.MerchantID, b.MerchantID) })
	compare(t, "merchants", want, got, err)
}

func (w *world) naiveMerchant(t *testing.T, c *Catalog, m *metrics.Merchant) MerchantRow {
	t.Helper()
	row := MerchantRow{
		MerchantID: m.MerchantID, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City, TimeZone: m.TimeZone,
		Currency: m.Currency, Declared: true, Activity: "visit", MissingEvents: metrics.Optional("entry"),
	}
	scope := metrics.Scope{Merchant: m.MerchantID}
	closed := w.horizon.In(m.Calendar.Location()).Closed
	last := func(end sevenday.Day) metrics.Range { return metrics.Range{From: end - 27, To: end + 1} }
	pooled := w.naiveSales(sales.Query{Scope: scope, Range: last(closed)})
	all := pooled[len(pooled)-1]
	row.Visits, row.Visitors, row.Orders, row.Net = all.Visits, all.Visitors, all.Orders, all.Net
	conversions := w.naiveConversion(conversion.Query{Scope: scope, Range: last(closed - 1 - sevenday.Day(m.SettlementDays))})
	row.ConversionRate = conversions[len(conversions)-1].Rate
	w.readHistory(&row, scope)
	if row.FirstDay == nil {
		return row
	}
	returned, err := c.Retention(t.Context(), retention.Query{
		Scope: scope, Range: last(closed - 7), Activity: retention.Activity(row.Activity), FromN: 7, ToN: 7,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range returned {
		if r.CohortDay == nil && r.Measure == retention.DayN {
			row.Day7, row.Day7Cohort = r.Rate, *r.CohortUsers
		}
	}
	return row
}

func (w *world) readHistory(row *MerchantRow, scope metrics.Scope) {
	entries, orders := false, false
	note := func(m *metrics.Merchant, at sevenday.Millis) bool {
		day := m.Calendar.Day(at)
		if w.stateOf(m, day, day) == metrics.NotDue {
			return false
		}
		if row.FirstDay == nil || day < *row.FirstDay {
			row.FirstDay = &day
		}
		return true
	}
	for _, line := range w.linesIn(scope) {
		for _, e := range line.Entries {
			entries = e.Action == sevenday.ActionVisit && note(line.Merchant, e.Time) || entries
		}
		for _, o := range line.Orders {
			orders = note(line.Merchant, o.PaidAt) || orders
		}
	}
	switch {
	case entries && orders:
		row.MissingEvents = nil
	case entries:
		row.MissingEvents = metrics.Optional("transaction")
	case orders:
		row.Activity = "paying"
	}
}
