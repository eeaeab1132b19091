package warehouse

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ClickHouse/ch-go/proto"
)

// UInt8 binds a UInt8 column.
func UInt8[R any, F ~uint8](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("UInt8"), uint8s)
}

// UInt16 binds a UInt16 column.
func UInt16[R any, F ~uint16](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("UInt16"), uint16s)
}

// UInt32 binds a UInt32 column.
func UInt32[R any, F ~uint32](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("UInt32"), uint32s)
}

// UInt64 binds a UInt64 column.
func UInt64[R any, F ~uint64](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("UInt64"), uint64s)
}

// Int32 binds an Int32 column.
func Int32[R any, F ~int32](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("Int32"), int32s)
}

// Int64 binds an Int64 column.
func Int64[R any, F ~int64](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("Int64"), int64s)
}

// Float64 binds a Float64 column.
func Float64[R any, F ~float64](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("Float64"), float64s)
}

// Millis binds a DateTime64(3) column of any time zone to milliseconds since 1970-01-01 UTC.
func Millis[R any, F ~int64](name string, field func(*R) *F) Column[R] {
	return number(name, field, isMillis, int64s)
}

// Money binds a Decimal(P, 2) column with 10 <= P <= 18 to hundredths. The sum
// of a Decimal is wider: cast it back, with toDecimal64(sum(amount), 2).
func Money[R any, F ~int64](name string, field func(*R) *F) Column[R] {
	return number(name, field, isMoney, int64s)
}

// Day binds a Date column to days since 1970-01-01. Inserting a day before 1970
// or after 2149-06-06, the ends of Date, is an error.
func Day[R any, F ~int32](name string, field func(*R) *F) Column[R] {
	return number(name, field, exactly("Date"), uint16s)
}

// Enum8 binds an Enum8 column to its numbers; names are the table's business.
// Inserting a number above 127 is an error; one that the table has no name for
// the server refuses.
func Enum8[R any, F ~uint8](name string, field func(*R) *F) Column[R] {
	return number(name, field, isEnum8, int8s)
}

// wire lists the fixed-width types that travel as they lie in memory.
type wire interface {
	int8 | uint8 | uint16 | uint32 | uint64 | int32 | int64 | float64
}

// fixedField lists the underlying types of the fields that wire types are bound to.
type fixedField interface {
	~uint8 | ~uint16 | ~uint32 | ~uint64 | ~int32 | ~int64 | ~float64
}

// Each of these makes a ch-go column and shows the slice that it is.

func int8s() (proto.Column, *[]int8)       { c := new(proto.ColInt8); return c, (*[]int8)(c) }
func uint8s() (proto.Column, *[]uint8)     { c := new(proto.ColUInt8); return c, (*[]uint8)(c) }
func uint16s() (proto.Column, *[]uint16)   { c := new(proto.ColUInt16); return c, (*[]uint16)(c) }
func uint32s() (proto.Column, *[]uint32)   { c := new(proto.ColUInt32); return c, (*[]uint32)(c) }
func uint64s() (proto.Column, *[]uint64)   { c := new(proto.ColUInt64); return c, (*[]uint64)(c) }
func int32s() (proto.Column, *[]int32)     { c := new(proto.ColInt32); return c, (*[]int32)(c) }
func int64s() (proto.Column, *[]int64)     { c := new(proto.ColInt64); return c, (*[]int64)(c) }
func float64s() (proto.Column, *[]float64) { c := new(proto.ColFloat64); return c, (*[]float64)(c) }

func number[R any, F fixedField, W wire](
	name string, field func(*R) *F, accepts typeCheck, storage func() (proto.Column, *[]W),
) Column[R] {
	return Column[R]{name, func() buffer[R] {
		column, values := storage()
		return &numberBuffer[R, F, W]{Column: column, typed: typed{accepts: accepts}, values: values, field: field}
	}}
}

// A numberBuffer stores fields of type F as wire values of type W.
type numberBuffer[R any, F fixedField, W wire] struct {
	proto.Column // encodes and decodes values
	typed
	values *[]W
	field  func(*R) *F
}

// Type resolves what both embedded types offer: the server's type counts.
func (b *numberBuffer[R, F, W]) Type() proto.ColumnType { return b.typed.Type() }

func (b *numberBuffer[R, F, W]) gather(rows []R) error {
	values := *b.values
	for i := range rows {
		value := *b.field(&rows[i])
		stored := W(value)
		if F(stored) != value && value == value { //nolint:gocritic // NaN differs from itself and is stored as it is
			return &mismatchError{fmt.Sprintf("%v is out of the range of %s", value, b.Type())}
		}
		values = append(values, stored)
	}
	*b.values = values
	return nil
}

func (b *numberBuffer[R, F, W]) scatter(rows []R) {
	values := *b.values
	for i := range rows {
		*b.field(&rows[i]) = F(values[i])
	}
}

// typed remembers the server's type of a column.
type typed struct {
	accepts typeCheck
	server  proto.ColumnType
}

// Type returns the server's type once Infer has seen it.
func (t *typed) Type() proto.ColumnType { return t.server }

// Infer takes the server's type or refuses it.
func (t *typed) Infer(server proto.ColumnType) error {
	if err := t.accepts(server); err != nil {
		return err
	}
	t.server = server
	return nil
}

// A typeCheck says why a column of the server's type can't be bound.
type typeCheck func(server proto.ColumnType) error

func exactly(names ...proto.ColumnType) typeCheck {
	return func(server proto.ColumnType) error {
		for _, name := range names {
			if server == name {
				return nil
			}
		}
		return unfit(server, string(names[0]))
	}
}

func isEnum8(server proto.ColumnType) error {
	if server.Base() != proto.ColumnTypeEnum8 {
		return unfit(server, "Enum8")
	}
	return nil
}

func isMillis(server proto.ColumnType) error {
	precision, _, _ := strings.Cut(string(server.Elem()), ",")
	if server.Base() != proto.ColumnTypeDateTime64 || precision != "3" {
		return unfit(server, "DateTime64(3)")
	}
	return nil
}

func isMoney(server proto.ColumnType) error {
	digits, scale, _ := strings.Cut(string(server.Elem()), ", ")
	precision, err := strconv.Atoi(digits)
	if server.Base() != proto.ColumnTypeDecimal || err != nil || precision < 10 || precision > 18 || scale != "2" {
		return unfit(server, "Decimal(18, 2)")
	}
	return nil
}

func unfit(server proto.ColumnType, wanted string) error {
	return &mismatchError{fmt.Sprintf("the server's type is %s, the layout's %s", server, wanted)}
}
