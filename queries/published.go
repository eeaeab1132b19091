package queries

import (
	"context"
	"errors"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// attempts bounds how often a question is asked again because a publication
// came in between; publications are minutes apart, answers take seconds.
const attempts = 5

// published answers a question from one publication, the newest. A question
// takes several statements, and a publication between two of them would make an
// answer of which no publication ever was: it is then asked again. Before the
// first publication the answer is T's zero value.
func published[T any](ctx context.Context, c *Catalog, ask func(Freshness) (T, error)) (T, error) {
	var none T
	before, err := c.Freshness(ctx)
	if err != nil || before.Run == 0 {
		return none, err
	}
	for range attempts {
		answer, err := ask(before)
		if err != nil {
			return none, err
		}
		after, err := c.Freshness(ctx)
		if err != nil {
			return none, err
		}
		if after.Run == before.Run {
			return answer, nil
		}
		before = after
	}
	return none, &sevenday.Error{
		Kind: sevenday.Unavailable, Op: "read the published figures",
		Err: errors.New("publications follow one another faster than the question is answered"), Fix: "ask again",
	}
}

// rowsOf is published for rows, of which there are none before the first publication.
func rowsOf[R any](ctx context.Context, c *Catalog, ask func(Freshness) ([]R, error)) ([]R, error) {
	rows, err := published(ctx, c, ask)
	if rows == nil && err == nil {
		rows = []R{}
	}
	return rows, err
}

// scoped is what a question about days of a scope begins with.
type scoped struct {
	groups     metrics.Groups
	parameters map[string]any
}

func (c *Catalog) scoped(ctx context.Context, f Freshness, scope metrics.Scope, days metrics.Range) (scoped, error) {
	groups, err := c.groups(ctx, scope, f.Horizon())
	return scoped{groups, dayParameters(scope, days, groups)}, err
}

// read runs a statement about days; without merchants in scope there are no rows.
func read[R any](ctx context.Context, c *Catalog, s scoped, layout *warehouse.Layout[R], name string, into *[]R) error {
	if len(s.groups) == 0 {
		return nil
	}
	rows, err := warehouse.Select(ctx, c.DB, layout, c.statement(name), s.parameters)
	*into = rows
	return err
}
