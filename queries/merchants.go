package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/retention"
)

const (
	// recentDays is how many final days the figures of a merchant, and the
	// headline report, cover: four whole weeks, so that every weekday counts alike.
	recentDays = 28
	// headlineDay is the n of seven-day retention.
	headlineDay = 7
)

// merchantRow is a merchant with the counts that its figures are made from.
type merchantRow struct {
	MerchantID       string         `ch:"merchant_id"`
	Name             string         `ch:"name"`
	Owner            string         `ch:"owner"`
	Industry         string         `ch:"industry"`
	City             string         `ch:"city"`
	TimeZone         string         `ch:"time_zone"`
	Currency         string         `ch:"currency"`
	Stores           int64          `ch:"stores"`
	Declared         bool           `ch:"declared"`
	FirstDay         sevenday.Day   `ch:"first_day"` // 0 without any
	SendsEntries     bool           `ch:"sends_entries"`
	HasVisits        bool           `ch:"has_visits"`
	HasOrders        bool           `ch:"has_orders"`
	Visits           int64          `ch:"visits"`
	Visitors         int64          `ch:"visitors"`
	Orders           int64          `ch:"orders"`
	Net              sevenday.Money `ch:"net"`
	ConversionVisits int64          `ch:"conversion_visits"`
	ConvertedVisits  int64          `ch:"converted_visits"`
	CohortUsers      int64          `ch:"cohort_users"`
	ReturnedUsers    int64          `ch:"returned_users"`
}

var merchantLayout = warehouse.LayoutOf[merchantRow]()

// Merchants lists all merchants by id, each with its last 28 final days in its
// own time zone. Final means closed for visits and sales, a day and the
// settlement later for conversion, seven days later for retention. Before the
// first publication there are none.
func (c *Catalog) Merchants(ctx context.Context) ([]MerchantRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]MerchantRow, error) {
		s, err := c.scoped(ctx, f, metrics.Scope{}, metrics.Range{})
		if err != nil {
			return nil, err
		}
		s.parameters["days"], s.parameters["n"], s.parameters["window_days"] = recentDays, headlineDay, int(conversion.WindowDays)
		var found []merchantRow
		if err := read(ctx, c, s, merchantLayout, "merchants", &found); err != nil {
			return nil, err
		}
		rows := make([]MerchantRow, len(found))
		for i := range found {
			rows[i] = found[i].row()
		}
		return rows, nil
	})
}

func (m *merchantRow) row() MerchantRow {
	return MerchantRow{
		MerchantID: m.MerchantID, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City,
		TimeZone: m.TimeZone, Currency: m.Currency, Stores: m.Stores, Declared: m.Declared,
		FirstDay: metrics.NonZero(m.FirstDay), Visits: m.Visits, Visitors: m.Visitors, Orders: m.Orders, Net: m.Net,
		ConversionRate: quotient(m.ConvertedVisits, m.ConversionVisits),
		Day7:           quotient(m.ReturnedUsers, m.CohortUsers), Day7Cohort: m.CohortUsers,
		Activity: string(m.activity()), MissingEvents: metrics.NonZero(m.missing()),
	}
}

// activity is by payments where the merchant has payments only.
func (m *merchantRow) activity() retention.Activity {
	if m.HasOrders && !m.HasVisits {
		return retention.ActivityPaying
	}
	return retention.ActivityVisit
}

// missing names the kind of record that the merchant never sent, "" for none.
// Without either it is the entry, which every other figure starts from.
func (m *merchantRow) missing() string {
	switch {
	case !m.SendsEntries:
		return sevenday.KindEntry.String()
	case !m.HasOrders:
		return sevenday.KindTransaction.String()
	default:
		return ""
	}
}

// quotient is nil where nothing stands below the line.
func quotient(part, whole int64) *float64 {
	if whole == 0 {
		return nil
	}
	return metrics.Optional(float64(part) / float64(whole))
}
