package warehouse

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
)

// Given is a table of rows that travels with one statement, which may read it
// by its name like any table: the keys of a lookup, say. The server forgets it
// when the statement ends.
type Given struct {
	name    string
	columns func() ([]proto.InputColumn, func(), error)
}

// Rows gives a statement rows to read under a name. Layouts with Enum8 columns
// cannot be given: their type is the server's to say.
func Rows[R any](name string, layout *Layout[R], rows []R) Given {
	return Given{name: name, columns: func() ([]proto.InputColumn, func(), error) {
		b := layout.borrow()
		if err := errors.Join(b.nameTypes(), b.gather(rows)); err != nil {
			layout.giveBack(b)
			return nil, nil, err
		}
		return b.input(), func() { layout.giveBack(b) }, nil
	}}
}

// givenTypes are the types that given columns may have: those that a layout
// alone decides.
var givenTypes = [...]proto.ColumnType{
	"String", "Bool", "UInt8", "UInt16", "UInt32", "UInt64", "Int32", "Int64", "Float64", "Date", "DateTime64(3, 'UTC')",
}

// nameTypes gives each column its type, which in other exchanges the server names.
func (b *block[R]) nameTypes() error {
	for i, column := range b.buffers {
		if !slices.ContainsFunc(givenTypes[:], func(t proto.ColumnType) bool { return column.Infer(t) == nil }) {
			return &mismatchError{fmt.Sprintf("column %s cannot be given: its type is the server's to say", b.names[i])}
		}
	}
	return nil
}

// StreamGiven is Stream for a query that reads the given rows.
func StreamGiven[R any](
	ctx context.Context, db *DB, layout *Layout[R], query string, parameters map[string]any, given Given,
	each func(rows []R) error, settings ...Settings,
) error {
	b := layout.borrow()
	defer layout.giveBack(b)
	err := db.doGiven(ctx, query, parameters, given, settings, ch.Query{
		Result: b,
		OnResult: func(_ context.Context, header proto.Block) error {
			if header.Rows == 0 {
				return nil
			}
			return each(b.scatter(header.Rows))
		},
	})
	return wrap("query", head(query), err)
}

// ExecGiven is Exec for a statement that reads the given rows.
func (db *DB) ExecGiven(ctx context.Context, statement string, parameters map[string]any, given Given, settings ...Settings) error {
	err := db.doGiven(ctx, statement, parameters, given, append([]Settings{synchronous}, settings...), ch.Query{
		OnResult: func(context.Context, proto.Block) error { return nil },
	})
	return wrap("run", head(statement), err)
}

func (db *DB) doGiven(
	ctx context.Context, statement string, parameters map[string]any, given Given, settings []Settings, query ch.Query,
) error {
	values, err := encodeParameters(parameters)
	if err != nil {
		return err
	}
	columns, done, err := given.columns()
	if err != nil {
		return err
	}
	defer done()
	query.Body, query.Parameters, query.Settings = statement, values, querySettings(nil, settings...)
	query.ExternalTable, query.ExternalData = given.name, columns
	return db.pool.do(ctx, inStep, func(c *ch.Client) error { return c.Do(ctx, query) })
}
