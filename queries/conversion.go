package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics/conversion"
)

var visitSumsLayout = warehouse.LayoutOf[conversion.GroupSums]()

// Conversion answers a question about visit conversion; see conversion.Answer
// for the rows. An unknown merchant or industry is a NotFound error. Before the
// first publication there are no rows.
func (c *Catalog) Conversion(ctx context.Context, q conversion.Query) ([]conversion.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]conversion.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["by_portal"], s.parameters["window_days"] = q.ByPortal, int(conversion.WindowDays)
		pool := "conversion_pool"
		if q.Merchant != "" {
			pool = "conversion_pool_users"
		}
		answer := conversion.Answer{Query: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, visitSumsLayout, "conversion_cells", &answer.Cells),
			read(ctx, c, s, visitSumsLayout, pool, &answer.Pooled),
		)
		return answer.Rows(), err
	})
}
