package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

var (
	fitLayout              = warehouse.LayoutOf[attribution.FitCell]()
	storedTouchLayout      = warehouse.LayoutOf[attribution.StoredTouch]()
	merchantIndustryLayout = warehouse.LayoutOf[merchantIndustry]()
)

// merchantIndustry is the industry of a merchant.
type merchantIndustry struct {
	Industry string `ch:"industry"`
}

// monthFits are the removal effects of a range's months, and the parameters of
// statements about the payments that are split by them.
type monthFits struct {
	fits       attribution.Fits
	parameters map[string]any
}

// fits reads and solves the months of a scope and of the industries it is of.
func (c *Catalog) fits(ctx context.Context, horizon metrics.Horizon, scope metrics.Scope, days metrics.Range) (monthFits, error) {
	everyone, err := c.groups(ctx, metrics.Scope{}, horizon)
	if err != nil || len(everyone) == 0 {
		return monthFits{}, err
	}
	f := monthFits{parameters: dayParameters(scope, days, everyone)}
	f.parameters["least"], f.parameters["conversion"] = attribution.LeastConversions, attribution.Conversion
	cells, err := warehouse.Select(ctx, c.DB, fitLayout, c.statement("attribution_fits"), f.parameters)
	f.fits = attribution.NewFits(cells)
	return f, err
}

// industryGroups are the groups of all merchants of a merchant's industry.
func (c *Catalog) industryGroups(ctx context.Context, horizon metrics.Horizon, merchant string) (metrics.Groups, error) {
	rows, err := warehouse.Select(ctx, c.DB, merchantIndustryLayout, c.statement("merchant_industry"), map[string]any{"merchant": merchant})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return c.groups(ctx, metrics.Scope{Industry: rows[0].Industry}, horizon)
}

// RemovalEffects answers a question about the Markov model's fits; see
// attribution.EffectAnswer for the rows. Errors are those of Conversion.
func (c *Catalog) RemovalEffects(ctx context.Context, q attribution.EffectQuery) ([]attribution.EffectRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]attribution.EffectRow, error) {
		groups, err := c.groups(ctx, q.Scope, f.Horizon())
		if err != nil {
			return nil, err
		}
		months, err := c.fits(ctx, f.Horizon(), q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := attribution.EffectAnswer{EffectQuery: q, Fits: months.fits, Groups: groups, Industries: map[string]metrics.Groups{}}
		for key := range months.fits {
			if answer.Industries[key.Industry] != nil {
				continue
			}
			if answer.Industries[key.Industry], err = c.groups(ctx, metrics.Scope{Industry: key.Industry}, f.Horizon()); err != nil {
				return nil, err
			}
		}
		return answer.Rows(), nil
	})
}

// PaymentCredits answers a question about the credits of a merchant's payments,
// one by one; see attribution.PaymentAnswer for the rows. Errors are those of
// Conversion; without a merchant the question is Invalid.
func (c *Catalog) PaymentCredits(ctx context.Context, q attribution.PaymentQuery) ([]attribution.PaymentRow, error) {
	if q.Merchant == "" {
		return nil, sevenday.Invalidf("credits are listed payment by payment for one merchant: name it")
	}
	scope := metrics.Scope{Merchant: q.Merchant}
	return rowsOf(ctx, c, func(f Freshness) ([]attribution.PaymentRow, error) {
		s, err := c.scoped(ctx, f, scope, q.Range)
		if err != nil {
			return nil, err
		}
		months, err := c.fits(ctx, f.Horizon(), scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := attribution.PaymentAnswer{PaymentQuery: q, Fits: months.fits}
		err = read(ctx, c, s, storedTouchLayout, "attribution_payments", &answer.Touches)
		return answer.Rows(), err
	})
}
