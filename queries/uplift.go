package queries

import (
	"context"
	"encoding/json"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/uplift"
)

// studied is the capability whose effect the batch estimates.
const studied = "installments"

// upliftRow is one estimate as it was published.
type upliftRow struct {
	Result string `ch:"result"`
}

var upliftLayout = warehouse.LayoutOf[upliftRow]()

// Uplift returns the published estimates of what installments did to sales: for
// an industry its own, for the platform the platform's and then each industry's
// by name. A merchant alone has none. An unknown merchant or industry is a
// NotFound error. Before the first publication there are none.
func (c *Catalog) Uplift(ctx context.Context, scope metrics.Scope) ([]uplift.Result, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]uplift.Result, error) {
		if _, err := c.groups(ctx, scope, f.Horizon()); err != nil || scope.Merchant != "" {
			return nil, err
		}
		rows, err := warehouse.Select(ctx, c.DB, upliftLayout, c.statement("uplift"),
			map[string]any{"capability": studied, "industry": scope.Industry})
		if err != nil {
			return nil, err
		}
		results := make([]uplift.Result, len(rows))
		for i, row := range rows {
			if err := json.Unmarshal([]byte(row.Result), &results[i]); err != nil {
				return nil, &sevenday.Error{Op: "read the published uplift of", Subject: studied, Err: err}
			}
		}
		return results, nil
	})
}
