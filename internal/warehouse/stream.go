package warehouse

import (
	"context"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
)

// Stream runs a SELECT and hands its rows to each, block by block in the
// result's order; the next block is read when each has returned.
// The result must have exactly the layout's columns, by name, in any order.
//
// The slice and its rows are used again for the next block; strings and slices
// within the rows may be kept. Fields that the layout doesn't bind are zero.
// Settings{"max_block_size": "8192"} makes the blocks smaller. An error of
// each ends the query and is returned in the chain.
func Stream[R any](
	ctx context.Context, db *DB, layout *Layout[R], query string, parameters map[string]any,
	each func(rows []R) error, settings ...Settings,
) error {
	values, err := encodeParameters(parameters)
	if err != nil {
		return wrap("query", head(query), err)
	}
	b := layout.borrow()
	defer layout.giveBack(b)
	err = db.pool.do(ctx, inStep, func(c *ch.Client) error {
		return c.Do(ctx, ch.Query{
			Body: query, Parameters: values, Settings: querySettings(nil, settings...), Result: b,
			OnResult: func(_ context.Context, header proto.Block) error {
				if header.Rows == 0 {
					return nil
				}
				return each(b.scatter(header.Rows))
			},
		})
	})
	return wrap("query", head(query), err)
}

// Select returns all rows of a SELECT, for results that fit into memory; nil when there are none.
func Select[R any](
	ctx context.Context, db *DB, layout *Layout[R], query string, parameters map[string]any, settings ...Settings,
) ([]R, error) {
	var all []R
	err := Stream(ctx, db, layout, query, parameters, func(rows []R) error {
		all = append(all, rows...)
		return nil
	}, settings...)
	return all, err
}
