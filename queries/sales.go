package queries

import (
	"context"
	"errors"
	"maps"

	"sevenday/internal/warehouse"
	"sevenday/metrics/sales"
)

var (
	salesSumsLayout  = warehouse.LayoutOf[sales.GroupSums]()
	salesPartsLayout = warehouse.LayoutOf[sales.PartSums]()
)

// Sales answers a question about sales and audience; see sales.Answer for the
// rows. Errors are those of Conversion.
func (c *Catalog) Sales(ctx context.Context, q sales.Query) ([]sales.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]sales.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := sales.Answer{Query: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, salesSumsLayout, "sales_cells", &answer.Cells),
			read(ctx, c, s, salesSumsLayout, "sales_pool", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}

// SalesParts answers a question about sales by store, method, lever, industry,
// city or currency; see sales.PartsAnswer for the rows. An unknown breakdown is
// an Invalid error, the others are those of Conversion.
func (c *Catalog) SalesParts(ctx context.Context, q sales.PartQuery) ([]sales.Part, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]sales.Part, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["by"], s.parameters["pooled"] = string(q.By), false
		pooled := scoped{s.groups, maps.Clone(s.parameters)}
		pooled.parameters["pooled"] = true
		answer := sales.PartsAnswer{PartQuery: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, salesPartsLayout, "sales_parts", &answer.Cells),
			read(ctx, c, pooled, salesPartsLayout, "sales_parts", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}
