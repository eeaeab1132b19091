package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Total is what somebody else counted of a merchant's day. Nil fields are not
// compared.
type Total struct {
	MerchantID string
	Day        sevenday.Day
	Visits     *int64
	Payments   *int64
	Net        *sevenday.Money // payments less their refunds, in the merchant's currency
}

// Difference is a merchant's day on which the published figures differ from a
// total. Fields that agree or were not given are nil.
type Difference struct {
	MerchantID       string          `json:"merchant_id"`
	Day              sevenday.Day    `json:"day"`
	Visits           *int64          `json:"visits" doc:"published"`
	VisitsExpected   *int64          `json:"visits_expected" doc:"in the file"`
	Payments         *int64          `json:"payments"`
	PaymentsExpected *int64          `json:"payments_expected"`
	Net              *sevenday.Money `json:"net"`
	NetExpected      *sevenday.Money `json:"net_expected"`
	Note             *string         `json:"note" doc:"why nothing is published for the day"`
}

// givenTotal names a merchant's day to the warehouse.
type givenTotal struct {
	Number     uint64       `ch:"number"`
	MerchantID string       `ch:"merchant_id"`
	Day        sevenday.Day `ch:"day"`
}

// publishedTotal is what the figures say of it.
type publishedTotal struct {
	MerchantID string         `ch:"merchant_id"`
	Day        sevenday.Day   `ch:"day"`
	Known      bool           `ch:"known"`
	Published  bool           `ch:"published"`
	Visits     int64          `ch:"visits"`
	Payments   int64          `ch:"payments"`
	Net        sevenday.Money `ch:"net"`
}

var (
	givenTotalLayout     = warehouse.LayoutOf[givenTotal]()
	publishedTotalLayout = warehouse.LayoutOf[publishedTotal]()
)

// Reconcile compares totals, in any order, with the published figures of the same
// merchants and days, and returns the differences in the totals' order. A day on
// which nothing is published counts as zero.
func (c *Catalog) Reconcile(ctx context.Context, totals []Total) ([]Difference, error) {
	given := make([]givenTotal, len(totals))
	for i := range totals {
		given[i] = givenTotal{uint64(i), totals[i].MerchantID, totals[i].Day}
	}
	return rowsOf(ctx, c, func(Freshness) ([]Difference, error) {
		var differences []Difference
		next := 0
		err := warehouse.StreamGiven(ctx, c.DB, publishedTotalLayout, c.statement("reconcile"), nil,
			warehouse.Rows("given", givenTotalLayout, given), func(rows []publishedTotal) error {
				for i := range rows {
					if d, differs := differenceOf(&totals[next], &rows[i]); differs {
						differences = append(differences, d)
					}
					next++
				}
				return nil
			})
		return differences, err
	})
}

// differenceOf sets the two numbers of each field that differs.
func differenceOf(total *Total, published *publishedTotal) (d Difference, differs bool) {
	d = Difference{MerchantID: total.MerchantID, Day: total.Day}
	if total.Visits != nil && *total.Visits != published.Visits {
		d.Visits, d.VisitsExpected, differs = &published.Visits, total.Visits, true
	}
	if total.Payments != nil && *total.Payments != published.Payments {
		d.Payments, d.PaymentsExpected, differs = &published.Payments, total.Payments, true
	}
	if total.Net != nil && *total.Net != published.Net {
		d.Net, d.NetExpected, differs = &published.Net, total.Net, true
	}
	if differs && !published.Published {
		note := "no event of this day is published"
		if !published.Known {
			note = "the merchant is unknown"
		}
		d.Note = &note
	}
	return d, differs
}
