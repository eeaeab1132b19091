package warehouse

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"sevenday"
)

// LayoutOf returns the layout that the `ch` tags of R's fields describe, those
// of embedded structs included: `ch:"merchant_id"`, or `ch:"currency,low"` for
// a LowCardinality(String). Fields without a tag are left out. A field's type
// decides the column's: sevenday.Day is a Date, sevenday.Millis a
// DateTime64(3), sevenday.Money a Decimal(18, 2), the vocabulary's small
// enumerations an Enum8, and Go's own types the ClickHouse type of that name.
//
// It panics on a type that has no column: a mistake in the program's text.
func LayoutOf[R any]() *Layout[R] {
	return NewLayout(columnsOf[R](reflect.TypeFor[R](), 0)...)
}

func columnsOf[R any](t reflect.Type, base uintptr) []Column[R] {
	var columns []Column[R]
	for i := range t.NumField() {
		field := t.Field(i)
		tag, tagged := field.Tag.Lookup("ch")
		switch {
		case tagged:
			columns = append(columns, columnOf[R](field.Type, tag, base+field.Offset))
		case field.Anonymous && field.Type.Kind() == reflect.Struct:
			columns = append(columns, columnsOf[R](field.Type, base+field.Offset)...)
		}
	}
	return columns
}

// at returns the function that finds a field by its offset. Types that differ
// in name only have one representation, so the field is addressed as F.
func at[R, F any](offset uintptr) func(*R) *F {
	return func(r *R) *F { return (*F)(unsafe.Add(unsafe.Pointer(r), offset)) } //nolint:gosec // reflect gave the offset and the type was compared
}

func columnOf[R any](t reflect.Type, tag string, offset uintptr) Column[R] {
	name, low := strings.CutSuffix(tag, ",low")
	switch t {
	case reflect.TypeFor[sevenday.Day]():
		return Day(name, at[R, sevenday.Day](offset))
	case reflect.TypeFor[sevenday.Millis]():
		return Millis(name, at[R, sevenday.Millis](offset))
	case reflect.TypeFor[sevenday.Money]():
		return Money(name, at[R, sevenday.Money](offset))
	case reflect.TypeFor[[]sevenday.Day]():
		return Days(name, at[R, []sevenday.Day](offset))
	case reflect.TypeFor[[]sevenday.Millis]():
		return MillisArray(name, at[R, []sevenday.Millis](offset))
	}
	switch t.Kind() {
	case reflect.String:
		if low {
			return LowCardinality(name, at[R, string](offset))
		}
		return String(name, at[R, string](offset))
	case reflect.Slice:
		return arrayColumnOf[R](t.Elem().Kind(), name, offset)
	default:
		return numberColumnOf[R](t, name, offset)
	}
}

func numberColumnOf[R any](t reflect.Type, name string, offset uintptr) Column[R] {
	switch t.Kind() {
	case reflect.Bool:
		return Bool(name, at[R, bool](offset))
	case reflect.Uint8:
		if t != reflect.TypeFor[uint8]() {
			return Enum8(name, at[R, uint8](offset))
		}
		return UInt8(name, at[R, uint8](offset))
	case reflect.Uint16:
		return UInt16(name, at[R, uint16](offset))
	case reflect.Uint32:
		return UInt32(name, at[R, uint32](offset))
	case reflect.Uint64:
		return UInt64(name, at[R, uint64](offset))
	case reflect.Int32:
		return Int32(name, at[R, int32](offset))
	case reflect.Int64:
		return Int64(name, at[R, int64](offset))
	case reflect.Float64:
		return Float64(name, at[R, float64](offset))
	default:
		panic(fmt.Sprintf("warehouse: no column type for field %s of type %s", name, t))
	}
}

func arrayColumnOf[R any](element reflect.Kind, name string, offset uintptr) Column[R] {
	switch element {
	case reflect.String:
		return Strings(name, at[R, []string](offset))
	case reflect.Bool:
		return Bools(name, at[R, []bool](offset))
	case reflect.Uint32:
		return UInt32s(name, at[R, []uint32](offset))
	case reflect.Uint64:
		return UInt64s(name, at[R, []uint64](offset))
	case reflect.Int64:
		return Int64s(name, at[R, []int64](offset))
	case reflect.Float64:
		return Float64s(name, at[R, []float64](offset))
	default:
		panic(fmt.Sprintf("warehouse: no column type for field %s, a slice of %s", name, element))
	}
}
