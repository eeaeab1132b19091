package warehouse

import (
	"database/sql"
	"fmt"

	"github.com/ClickHouse/ch-go/proto"
)

// Strings binds an Array(String) column.
func Strings[R any, F ~string](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, String)
}

// UInt32s binds an Array(UInt32) column.
func UInt32s[R any, F ~uint32](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, UInt32)
}

// UInt64s binds an Array(UInt64) column.
func UInt64s[R any, F ~uint64](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, UInt64)
}

// Int64s binds an Array(Int64) column.
func Int64s[R any, F ~int64](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, Int64)
}

// Float64s binds an Array(Float64) column.
func Float64s[R any, F ~float64](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, Float64)
}

// Bools binds an Array(Bool) column.
func Bools[R any, F ~bool](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, Bool)
}

// MillisArray binds an Array(DateTime64(3)) column.
func MillisArray[R any, F ~int64](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, Millis)
}

// Days binds an Array(Date) column.
func Days[R any, F ~int32](name string, field func(*R) *[]F) Column[R] {
	return array(name, field, Day)
}

// NullableInt32 binds a Nullable(Int32) column.
func NullableInt32[R any, F ~int32](name string, field func(*R) *sql.Null[F]) Column[R] {
	return nullable(name, field, Int32)
}

// NullableDay binds a Nullable(Date) column.
func NullableDay[R any, F ~int32](name string, field func(*R) *sql.Null[F]) Column[R] {
	return nullable(name, field, Day)
}

// NullableFloat64 binds a Nullable(Float64) column.
func NullableFloat64[R any, F ~float64](name string, field func(*R) *sql.Null[F]) Column[R] {
	return nullable(name, field, Float64)
}

// itself makes a column of bare values of what is a column of fields elsewhere.
func itself[F any](value *F) *F { return value }

// An elementOf is the constructor of the column that nested values lie in.
type elementOf[F any] func(name string, field func(*F) *F) Column[F]

func array[R, F any](name string, field func(*R) *[]F, element elementOf[F]) Column[R] {
	return Column[R]{name, func() buffer[R] {
		return &arrayBuffer[R, F]{elements: element(name, itself[F]).make(), field: field}
	}}
}

// An arrayBuffer keeps the elements of all rows in one column, and where each row's end.
type arrayBuffer[R, F any] struct {
	ends     proto.ColUInt64
	elements buffer[F]
	field    func(*R) *[]F
}

func (b *arrayBuffer[R, F]) Type() proto.ColumnType {
	return proto.ColumnTypeArray.Sub(b.elements.Type())
}

func (b *arrayBuffer[R, F]) Infer(server proto.ColumnType) error {
	return inferNested(proto.ColumnTypeArray, b.elements, server)
}

func (b *arrayBuffer[R, F]) Rows() int { return b.ends.Rows() }

func (b *arrayBuffer[R, F]) Reset() { b.ends.Reset(); b.elements.Reset() }

func (b *arrayBuffer[R, F]) EncodeColumn(to *proto.Buffer) {
	b.ends.EncodeColumn(to)
	b.elements.EncodeColumn(to)
}

func (b *arrayBuffer[R, F]) WriteColumn(w *proto.Writer) {
	b.ends.WriteColumn(w)
	b.elements.WriteColumn(w)
}

func (b *arrayBuffer[R, F]) DecodeColumn(r *proto.Reader, rows int) error {
	if err := b.ends.DecodeColumn(r, rows); err != nil {
		return fmt.Errorf("ends of arrays: %w", err)
	}
	start := uint64(0)
	for _, end := range b.ends {
		if end < start || end > maxElements {
			return fmt.Errorf("the ends of arrays go from %d to %d", start, end)
		}
		start = end
	}
	return b.elements.DecodeColumn(r, int(start))
}

// maxElements bounds the array elements of one block, so that a broken
// stream can't ask for all the memory there is.
const maxElements = 100_000_000

func (b *arrayBuffer[R, F]) gather(rows []R) error {
	for i := range rows {
		if err := b.elements.gather(*b.field(&rows[i])); err != nil {
			return err
		}
		b.ends = append(b.ends, uint64(b.elements.Rows()))
	}
	return nil
}

// scatter puts all elements into one piece of memory, of which each row gets
// its part; an empty array becomes nil.
func (b *arrayBuffer[R, F]) scatter(rows []R) {
	values := make([]F, b.elements.Rows())
	b.elements.scatter(values)
	start := uint64(0)
	for i := range rows {
		end := b.ends[i]
		if start < end {
			*b.field(&rows[i]) = values[start:end:end]
		}
		start = end
	}
}

func nullable[R, F any](name string, field func(*R) *sql.Null[F], value elementOf[F]) Column[R] {
	return Column[R]{name, func() buffer[R] {
		return &nullableBuffer[R, F]{values: value(name, itself[F]).make(), field: field}
	}}
}

// A nullableBuffer keeps a mark per row beside the values; null's value is zero.
type nullableBuffer[R, F any] struct {
	nulls  proto.ColUInt8 // 1 = null
	values buffer[F]
	field  func(*R) *sql.Null[F]
}

func (b *nullableBuffer[R, F]) Type() proto.ColumnType {
	return proto.ColumnTypeNullable.Sub(b.values.Type())
}

func (b *nullableBuffer[R, F]) Infer(server proto.ColumnType) error {
	return inferNested(proto.ColumnTypeNullable, b.values, server)
}

func (b *nullableBuffer[R, F]) Rows() int { return b.nulls.Rows() }

func (b *nullableBuffer[R, F]) Reset() { b.nulls.Reset(); b.values.Reset() }

func (b *nullableBuffer[R, F]) EncodeColumn(to *proto.Buffer) {
	b.nulls.EncodeColumn(to)
	b.values.EncodeColumn(to)
}

func (b *nullableBuffer[R, F]) WriteColumn(w *proto.Writer) {
	b.nulls.WriteColumn(w)
	b.values.WriteColumn(w)
}

func (b *nullableBuffer[R, F]) DecodeColumn(r *proto.Reader, rows int) error {
	if err := b.nulls.DecodeColumn(r, rows); err != nil {
		return fmt.Errorf("marks of null: %w", err)
	}
	return b.values.DecodeColumn(r, rows)
}

func (b *nullableBuffer[R, F]) gather(rows []R) error {
	values := make([]F, len(rows))
	for i := range rows {
		optional := b.field(&rows[i])
		if optional.Valid {
			values[i] = optional.V
			b.nulls = append(b.nulls, 0)
		} else {
			b.nulls = append(b.nulls, 1)
		}
	}
	return b.values.gather(values)
}

func (b *nullableBuffer[R, F]) scatter(rows []R) {
	values := make([]F, len(rows))
	b.values.scatter(values)
	for i := range rows {
		if b.nulls[i] == 0 {
			*b.field(&rows[i]) = sql.Null[F]{V: values[i], Valid: true}
		}
	}
}

// inferNested hands the type between the parentheses to the inner column.
func inferNested[F any](outer proto.ColumnType, inner buffer[F], server proto.ColumnType) error {
	if server.Base() != outer {
		return &mismatchError{fmt.Sprintf("the server's type is %s, the layout's %s", server, outer)}
	}
	return inner.Infer(server.Elem())
}
