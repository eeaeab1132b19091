package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/attribution"
)

var (
	ruleSumsLayout = warehouse.LayoutOf[attribution.RuleSums]()
	pathSumsLayout = warehouse.LayoutOf[attribution.PathSums]()
	netLayout      = warehouse.LayoutOf[attribution.NetRow]()
)

// Attribution answers a question about the credit of portals; see
// attribution.Answer for the rows. Errors are those of Conversion.
func (c *Catalog) Attribution(ctx context.Context, q attribution.Query) ([]attribution.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]attribution.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["refund_days"] = int(attribution.RefundDays)
		answer := attribution.Answer{Query: q, Groups: s.groups}
		if q.ByDay {
			err = read(ctx, c, s, ruleSumsLayout, "attribution_cells", &answer.Cells)
		}
		err = errors.Join(err, read(ctx, c, s, ruleSumsLayout, "attribution_pool", &answer.Pooled))
		if q.Asks(attribution.Markov) && err == nil {
			err = c.markov(ctx, f.Horizon(), &answer)
		}
		return answer.Rows(), err
	})
}

// markov adds what the Markov model credits. Its fits may take in merchants
// beyond the scope, so the days are those of all time zones.
func (c *Catalog) markov(ctx context.Context, horizon metrics.Horizon, answer *attribution.Answer) error {
	f, err := c.fits(ctx, horizon, answer.Scope, answer.Range)
	if err != nil || f.fits == nil {
		return err
	}
	f.parameters["by_day"], f.parameters["lookback_days"] = answer.ByDay, int(attribution.LookbackDays)
	answer.Markov = attribution.NewMarkovSums(f.fits)
	if err := c.addPayments(ctx, answer.Markov, f.parameters); err != nil || answer.Scope.Merchant == "" {
		return err
	}
	answer.IndustryGroups, err = c.industryGroups(ctx, horizon, answer.Scope.Merchant)
	return err
}

// addPayments adds the payments of a scope, path by path, and then one by one those
// that several portals share.
func (c *Catalog) addPayments(ctx context.Context, sums *attribution.MarkovSums, parameters map[string]any) error {
	err := warehouse.Stream(ctx, c.DB, pathSumsLayout, c.statement("attribution_paths"), parameters, func(rows []attribution.PathSums) error {
		for i := range rows {
			sums.AddPaths(&rows[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return warehouse.Stream(ctx, c.DB, netLayout, c.statement("attribution_nets"), parameters, func(rows []attribution.NetRow) error {
		for i := range rows {
			sums.AddNet(&rows[i])
		}
		return nil
	})
}
