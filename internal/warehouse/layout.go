package warehouse

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ClickHouse/ch-go/proto"
)

// A Column binds one column of a table or of a result to a field of the row
// type R. The constructors of this package make them, one per column type; each
// takes the column's name and a function that returns the address of the field.
type Column[R any] struct {
	name string
	make func() buffer[R]
}

// A buffer holds one column of a block of rows.
type buffer[R any] interface {
	Type() proto.ColumnType
	Rows() int
	EncodeColumn(b *proto.Buffer)
	WriteColumn(w *proto.Writer)
	DecodeColumn(r *proto.Reader, rows int) error
	Reset()
	// Infer takes the server's type of the column, or says why it can't be held.
	Infer(t proto.ColumnType) error
	// gather appends the rows' fields.
	gather(rows []R) error
	// scatter sets the rows' fields to the first len(rows) values. What it
	// sets shares no memory with the buffer.
	scatter(rows []R)
}

// A Layout says which columns belong to which fields of R. One layout serves
// both directions and any number of concurrent inserts and streams.
type Layout[R any] struct {
	columns []Column[R]
	blocks  sync.Pool // of *block[R]
}

// NewLayout returns the layout of the columns. It panics when two have one
// name: that is a mistake in the program's text.
func NewLayout[R any](columns ...Column[R]) *Layout[R] {
	layout := &Layout[R]{columns: columns}
	for i, name := range layout.Names() {
		if slices.Contains(layout.Names()[:i], name) {
			panic(fmt.Sprintf("warehouse: two columns are named %q", name))
		}
	}
	return layout
}

// Names returns the columns' names in the layout's order.
func (l *Layout[R]) Names() []string {
	names := make([]string, len(l.columns))
	for i, column := range l.columns {
		names[i] = column.name
	}
	return names
}

// A block holds as many rows as travel at once, column by column.
type block[R any] struct {
	names   []string
	buffers []buffer[R]
	rows    []R // the rows handed to a stream's callback
}

// borrow returns an empty block; giveBack returns it with its memory.
func (l *Layout[R]) borrow() *block[R] {
	if used, ok := l.blocks.Get().(*block[R]); ok {
		used.reset()
		return used
	}
	b := &block[R]{names: l.Names(), buffers: make([]buffer[R], len(l.columns))}
	for i, column := range l.columns {
		b.buffers[i] = column.make()
	}
	return b
}

func (l *Layout[R]) giveBack(b *block[R]) {
	// The rows hold strings, which would keep their blocks' text alive.
	clear(b.rows[:cap(b.rows)])
	l.blocks.Put(b)
}

func (b *block[R]) reset() {
	for _, column := range b.buffers {
		column.Reset()
	}
}

func (b *block[R]) gather(rows []R) error {
	for i, column := range b.buffers {
		if err := column.gather(rows); err != nil {
			return fmt.Errorf("column %s: %w", b.names[i], err)
		}
	}
	return nil
}

// scatter returns the block's rows. They are valid until the next scatter.
func (b *block[R]) scatter(count int) []R {
	b.rows = slices.Grow(b.rows[:0], count)[:count]
	clear(b.rows)
	for _, column := range b.buffers {
		column.scatter(b.rows)
	}
	return b.rows
}

// input presents the block to ch-go for an insert.
func (b *block[R]) input() proto.Input {
	input := make(proto.Input, len(b.buffers))
	for i, column := range b.buffers {
		input[i] = proto.InputColumn{Name: b.names[i], Data: column}
	}
	return input
}

// DecodeResult reads a block of a result, whose columns may come in any order.
func (b *block[R]) DecodeResult(r *proto.Reader, version int, header proto.Block) error {
	found := make([]bool, len(b.buffers))
	for range header.Columns {
		name, kind, err := readColumnHeader(r, version)
		if err != nil {
			return err
		}
		i := slices.Index(b.names, name)
		if i < 0 {
			return &mismatchError{fmt.Sprintf("the result has a column %s %s that the layout lacks", name, kind)}
		}
		if err := decodeColumn(r, b.buffers[i], kind, header.Rows); err != nil {
			return fmt.Errorf("column %s: %w", name, err)
		}
		found[i] = true
	}
	return b.complete(found)
}

func (b *block[R]) complete(found []bool) error {
	var missing []string
	for i, there := range found {
		if !there {
			missing = append(missing, b.names[i])
		}
	}
	if missing == nil {
		return nil
	}
	return &mismatchError{"the result lacks the columns " + strings.Join(missing, ", ")}
}

// A mismatchError says that a layout and the server's columns do not fit.
type mismatchError struct{ problem string }

func (e *mismatchError) Error() string { return e.problem }

func readColumnHeader(r *proto.Reader, version int) (name string, kind proto.ColumnType, err error) {
	if name, err = r.Str(); err != nil {
		return "", "", fmt.Errorf("column name: %w", err)
	}
	text, err := r.Str()
	if err != nil {
		return "", "", fmt.Errorf("type of column %s: %w", name, err)
	}
	if !proto.FeatureCustomSerialization.In(version) {
		return name, proto.ColumnType(text), nil
	}
	custom, err := r.Bool()
	if err != nil {
		return "", "", fmt.Errorf("serialization of column %s: %w", name, err)
	}
	if custom {
		return "", "", &mismatchError{fmt.Sprintf("column %s %s has a serialization that cannot be read", name, text)}
	}
	return name, proto.ColumnType(text), nil
}

func decodeColumn[R any](r *proto.Reader, column buffer[R], kind proto.ColumnType, rows int) error {
	if err := column.Infer(kind); err != nil {
		return err
	}
	column.Reset()
	if rows == 0 {
		return nil
	}
	if state, ok := column.(proto.StateDecoder); ok {
		if err := state.DecodeState(r); err != nil {
			return err
		}
	}
	return column.DecodeColumn(r, rows)
}

// count returns how many rows were gathered.
func (b *block[R]) count() int { return b.buffers[0].Rows() }
