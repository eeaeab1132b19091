package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics/loop"
)

var (
	loopSumsLayout   = warehouse.LayoutOf[loop.GroupSums]()
	followSumsLayout = warehouse.LayoutOf[loop.FollowGroupSums]()
)

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

// Followers answers a question about collecting and following; see
// loop.FollowAnswer for the rows. Errors are those of Conversion.
func (c *Catalog) Followers(ctx context.Context, q loop.FollowQuery) ([]loop.FollowRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]loop.FollowRow, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := loop.FollowAnswer{FollowQuery: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, followSumsLayout, "loop_follows", &answer.Cells),
			read(ctx, c, s, followSumsLayout, "loop_follows_pool", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}
