package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/sales"
)

var (
	couponSumsLayout = warehouse.LayoutOf[coupon.GroupSums]()
	loopSumsLayout   = warehouse.LayoutOf[loop.GroupSums]()
	salesSumsLayout  = warehouse.LayoutOf[sales.GroupSums]()
)

// Coupons answers a question about coupons by placement; see coupon.Answer for
// the rows. Errors are those of Conversion.
func (c *Catalog) Coupons(ctx context.Context, q coupon.Query) ([]coupon.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := coupon.Answer{Query: q, Groups: s.groups}
		err = read(ctx, c, s, couponSumsLayout, "coupon_cells", &answer.Cells)
		return answer.Rows(), err
	})
}

// Loop answers a question about the loop of the payment-success page; see
// loop.Answer for the rows. Errors are those of Conversion.
func (c *Catalog) Loop(ctx context.Context, q loop.Query) ([]loop.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]loop.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["steps"], s.parameters["step_days"] = stepParameters()
		answer := loop.Answer{Query: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, loopSumsLayout, "loop_cells", &answer.Cells),
			read(ctx, c, s, loopSumsLayout, "loop_pool", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}

// stepParameters are the loop's steps and for how many days each can be taken.
func stepParameters() (steps []string, days []uint16) {
	for _, step := range loop.Steps {
		steps, days = append(steps, string(step)), append(days, uint16(step.Days()))
	}
	return steps, days
}

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
