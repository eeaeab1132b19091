package warehouse

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go"
)

// blockRows is how many rows travel in one block, unless OneBlock asks for all.
// ClickHouse's own default is about this; much smaller blocks cost time in
// headers, much bigger ones memory.
const blockRows = 1 << 16

// InsertOptions say how the server is to take an insert.
type InsertOptions struct {
	// DeduplicationToken names what is inserted: a second insert under the same
	// token is acknowledged and dropped, by tables that keep a deduplication
	// window. With several blocks each has its own number under the token.
	DeduplicationToken string
	// MaxExecutionTime is how long the server may take; 0 = as long as it takes.
	MaxExecutionTime time.Duration
	// SinglePartition refuses rows that belong to more than one partition of the
	// table. Otherwise any number of partitions is allowed.
	SinglePartition bool
	// OneBlock sends all rows as one block, which the server inserts as a whole
	// or not at all (if they lie in one partition). It costs the memory of them all.
	OneBlock bool
	// Settings are further settings of the server.
	Settings Settings
}

func (o InsertOptions) settings(rows int) []ch.Setting {
	settings := Settings{
		"max_partitions_per_insert_block": "0",
		// Merging a block with itself before it is stored takes longer than all
		// the rest of an insert, and FINAL and merges do it anyway.
		"optimize_on_insert": "0",
	}
	if o.SinglePartition {
		settings["max_partitions_per_insert_block"] = "1"
	}
	if o.DeduplicationToken != "" {
		settings["insert_deduplication_token"] = o.DeduplicationToken
		settings["insert_deduplicate"] = "1"
	}
	if o.MaxExecutionTime > 0 {
		settings["max_execution_time"] = strconv.FormatFloat(o.MaxExecutionTime.Seconds(), 'f', 3, 64)
	}
	if o.OneBlock {
		settings["max_insert_block_size"] = strconv.Itoa(max(rows, 1) + 1)
	}
	return querySettings(synchronous, settings, o.Settings)
}

//go:embed sql/insert.sql
var insertInto string

// insertStatement names the table and the columns; both come from the program's text.
func insertStatement(table string, names []string) string {
	columns := make([]string, len(names))
	for i, name := range names {
		columns[i] = identifier(name)
	}
	return fmt.Sprintf(insertInto, identifier(table), strings.Join(columns, ", "))
}

// identifier quotes a name.
func identifier(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(name) + "`"
}

// Insert appends rows to a table of the DB's database. Columns that the layout
// lacks get their defaults. It returns when the server has stored the rows.
//
// More than about 65,000 rows go in several blocks, of which the first may be
// stored when a later one fails, unless OneBlock is set. After an Unavailable
// error it is unknown whether the rows were stored.
func Insert[R any](ctx context.Context, db *DB, table string, layout *Layout[R], rows []R, options InsertOptions) error {
	if len(rows) == 0 {
		return nil
	}
	size := blockRows
	if options.OneBlock {
		size = len(rows)
	}
	b := layout.borrow()
	defer layout.giveBack(b)
	next := func(context.Context) error {
		b.reset()
		if len(rows) == 0 {
			return io.EOF
		}
		count := min(size, len(rows))
		defer func() { rows = rows[count:] }()
		return b.gather(rows[:count])
	}
	if err := next(ctx); err != nil {
		return wrap("insert into", table, err)
	}
	return db.send(ctx, table, b.names, ch.Query{
		Input: b.input(), OnInput: next, Settings: options.settings(size),
	})
}

// send runs an insert. After any error the connection is thrown away: part of
// the input may still be on its way.
func (db *DB) send(ctx context.Context, table string, names []string, query ch.Query) error {
	query.Body = insertStatement(table, names)
	err := db.pool.do(ctx, lost, func(c *ch.Client) error { return c.Do(ctx, query) })
	return wrap("insert into", table, err)
}
