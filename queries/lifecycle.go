package queries

import (
	"context"
	"slices"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/lifecycle"
)

// firstDayRow is when a merchant's history begins.
type firstDayRow struct {
	FirstDay sevenday.Day `ch:"first_day"` // 0 without any event
}

var (
	lifecycleSumsLayout = warehouse.LayoutOf[lifecycle.GroupSums]()
	firstDayLayout      = warehouse.LayoutOf[firstDayRow]()
)

// Lifecycle answers a question about who came, stayed, left and came back, week
// by week; see lifecycle.Answer for the rows. A question that makes no sense is
// an Invalid error, the others are those of Conversion.
func (c *Catalog) Lifecycle(ctx context.Context, q lifecycle.Query) ([]lifecycle.Row, error) {
	q = q.WithDefaults()
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]lifecycle.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := lifecycle.Answer{Query: q, Groups: s.groups}
		if answer.FirstDay, err = c.firstDay(ctx, q.Scope); err != nil {
			return nil, err
		}
		s.parameters["activity"], s.parameters["last"] = string(q.Activity), lastBegun(s.groups)
		err = read(ctx, c, s, lifecycleSumsLayout, "lifecycle_cells", &answer.Cells)
		return answer.Rows(), err
	})
}

// firstDay is the first day with an event of one merchant, 0 for a larger scope.
func (c *Catalog) firstDay(ctx context.Context, scope metrics.Scope) (sevenday.Day, error) {
	if scope.Merchant == "" {
		return 0, nil
	}
	rows, err := warehouse.Select(ctx, c.DB, firstDayLayout, c.statement("lifecycle_first_day"), scopeParameters(scope))
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].FirstDay, nil
}

// lastBegun is the last day that has begun in any time zone.
func lastBegun(groups metrics.Groups) sevenday.Day {
	if len(groups) == 0 {
		return 0
	}
	last := slices.MaxFunc(groups, func(a, b metrics.Group) int { return int(a.Begun - b.Begun) })
	return warehouseDay(last.Begun)
}
