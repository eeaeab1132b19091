package columnar

import (
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// appendFormat appends a value that is not null as JSON; nothing where JSON has
// no form for it.
type appendFormat func(b []byte, v parquet.Value) []byte

// formatOf returns how values of a column's type are written, nil for a type
// that is not known or has no place in the contract.
func formatOf(t parquet.Type) appendFormat {
	if logical := t.LogicalType(); logical != nil && logical.Value != nil {
		return logicalFormat(t, logical.Value)
	}
	switch t.Kind() {
	case parquet.Boolean:
		return func(b []byte, v parquet.Value) []byte { return strconv.AppendBool(b, v.Boolean()) }
	case parquet.Int32, parquet.Int64:
		return appendInteger
	case parquet.Int96:
		return appendInt96
	case parquet.Float:
		return func(b []byte, v parquet.Value) []byte { return appendFloat(b, float64(v.Float()), 32) }
	case parquet.Double:
		return func(b []byte, v parquet.Value) []byte { return appendFloat(b, v.Double(), 64) }
	case parquet.ByteArray:
		return appendString
	default:
		return nil
	}
}

func logicalFormat(t parquet.Type, logical format.LogicalTypeValue) appendFormat {
	switch logical := logical.(type) {
	case *format.StringType, *format.EnumType:
		return appendString
	case *format.JsonType:
		return func(b []byte, v parquet.Value) []byte { return append(b, v.ByteArray()...) }
	case *format.UUIDType:
		return appendUUID
	case *format.DecimalType:
		return decimalFormat(t.Kind(), int(logical.Scale))
	case *format.DateType:
		return func(b []byte, v parquet.Value) []byte {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(b, `"`+time.DateOnly+`"`)
		}
	case *format.TimestampType:
		return timestampFormat(logical)
	case *format.IntType:
		if !logical.IsSigned {
			return appendUnsigned
		}
		return appendInteger
	default:
		return nil
	}
}

func appendInteger(b []byte, v parquet.Value) []byte {
	if v.Kind() == parquet.Int32 {
		return strconv.AppendInt(b, int64(v.Int32()), 10)
	}
	return strconv.AppendInt(b, v.Int64(), 10)
}

func appendUnsigned(b []byte, v parquet.Value) []byte {
	if v.Kind() == parquet.Int32 {
		return strconv.AppendUint(b, uint64(v.Uint32()), 10)
	}
	return strconv.AppendUint(b, v.Uint64(), 10)
}

// appendFloat writes the shortest number that reads back the same, with an
// exponent only where the digits would not fit a line.
func appendFloat(b []byte, f float64, bits int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return b
	}
	form := byte('f')
	if magnitude := math.Abs(f); magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(b, f, form, -1, bits)
}

// julianUnixEpoch is the Julian day of 1970-01-01, from which INT96 counts days.
const julianUnixEpoch = 2440588

// appendInt96 writes the old form of a timestamp: nanoseconds of the day in two
// words, then the Julian day. Its writers take it as UTC.
func appendInt96(b []byte, v parquet.Value) []byte {
	words := deprecated.Int96(v.Int96())
	nanoseconds := int64(words[1])<<32 | int64(words[0])
	days := int64(words[2]) - julianUnixEpoch
	return time.Unix(days*86400, nanoseconds).UTC().AppendFormat(b, `"`+time.RFC3339Nano+`"`)
}

// localTime is RFC 3339 without a zone.
const localTime = "2006-01-02T15:04:05.999999999"

func timestampFormat(t *format.TimestampType) appendFormat {
	layout := `"` + time.RFC3339Nano + `"`
	if !t.IsAdjustedToUTC {
		layout = `"` + localTime + `"`
	}
	instant := func(n int64) time.Time { return time.Unix(0, n) }
	switch t.Unit.Value.(type) {
	case *format.MilliSeconds:
		instant = time.UnixMilli
	case *format.MicroSeconds:
		instant = time.UnixMicro
	}
	return func(b []byte, v parquet.Value) []byte { return instant(v.Int64()).UTC().AppendFormat(b, layout) }
}

// decimalFormat writes a whole number of 10^-scale units as a decimal string.
func decimalFormat(kind parquet.Kind, scale int) appendFormat {
	switch kind {
	case parquet.Int32:
		return func(b []byte, v parquet.Value) []byte {
			return appendDecimal(b, strconv.FormatInt(int64(v.Int32()), 10), scale)
		}
	case parquet.Int64:
		return func(b []byte, v parquet.Value) []byte {
			return appendDecimal(b, strconv.FormatInt(v.Int64(), 10), scale)
		}
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return func(b []byte, v parquet.Value) []byte {
			return appendDecimal(b, bigEndian(v.ByteArray()).String(), scale)
		}
	default:
		return nil
	}
}

// bigEndian reads a number in two's complement, the highest byte first.
func bigEndian(digits []byte) *big.Int {
	number := new(big.Int).SetBytes(digits)
	if len(digits) > 0 && digits[0]&0x80 != 0 {
		number.Sub(number, new(big.Int).Lsh(big.NewInt(1), uint(8*len(digits))))
	}
	return number
}

// appendDecimal puts the point into a number's digits and drops zeros at the
// end: a column of four decimals holds whole cents too.
func appendDecimal(b []byte, digits string, scale int) []byte {
	b = append(b, '"')
	if digits[0] == '-' {
		b, digits = append(b, '-'), digits[1:]
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - scale
	b = append(b, digits[:point]...)
	if fraction := strings.TrimRight(digits[point:], "0"); fraction != "" {
		b = append(append(b, '.'), fraction...)
	}
	return append(b, '"')
}

func appendUUID(b []byte, v parquet.Value) []byte {
	id := v.ByteArray()
	b = append(b, '"')
	for i, part := range [][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return append(b, '"')
}

func appendString(b []byte, v parquet.Value) []byte { return appendText(b, v.ByteArray()) }

// appendText writes a JSON string. It escapes what JSON demands and nothing
// else, so that whoever judges the record sees the file's own bytes.
func appendText[T string | []byte](b []byte, text T) []byte {
	b = append(b, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, `\u00`...)
			b = hex.AppendEncode(b, []byte{c})
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
