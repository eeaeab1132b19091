package queries

import (
	"context"

	"sevenday/metrics/retention"
)

// RetentionValue answers what those who returned spent, from the persons' days;
// see retention.ValueRow. Errors are those of Retention.
func (c *Catalog) RetentionValue(ctx context.Context, q retention.Query) ([]retention.ValueRow, error) {
	q = q.WithDefaults()
	if err := q.ValidateValue(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]retention.ValueRow, error) {
		places, zones, err := c.places(ctx, f, q.Scope)
		if err != nil {
			return nil, err
		}
		answer := retention.NewValueAnswer(q, places, zones)
		if err := c.walkPersons(ctx, answer.Answer, retentionParameters(&q)); err != nil {
			return nil, err
		}
		return answer.Rows(), nil
	})
}

// RetentionDifferences compares each two values of a breakdown over the final
// cohorts; see retention.DifferenceRow. Errors are those of Retention.
func (c *Catalog) RetentionDifferences(ctx context.Context, q retention.Query) ([]retention.DifferenceRow, error) {
	q = q.WithDefaults()
	if err := q.ValidateDifference(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]retention.DifferenceRow, error) {
		places, zones, err := c.places(ctx, f, q.Scope)
		if err != nil {
			return nil, err
		}
		answer := retention.NewDifferences(q, places, zones)
		if err := c.fill(ctx, answer); err != nil {
			return nil, err
		}
		return answer.Differences(), nil
	})
}
