package warehouse

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go/proto"

	"sevenday"
)

// encodeParameters renders the values of a statement's {name:Type} placeholders.
// The server parses each as its declared type, so a value can never become
// part of the statement. Values may be strings, numbers and booleans of any
// named type, time.Time (UTC, for DateTime64), sevenday's Day, Money and
// Millis, enumerations (their names), nil for null, and slices of these.
func encodeParameters(parameters map[string]any) ([]proto.Parameter, error) {
	encoded := make([]proto.Parameter, 0, len(parameters))
	for name, value := range parameters {
		text, err := parameterText(value)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", name, err)
		}
		encoded = append(encoded, proto.Parameter{Key: name, Value: "'" + quoted.Replace(text) + "'"})
	}
	slices.SortFunc(encoded, func(a, b proto.Parameter) int { return strings.Compare(a.Key, b.Key) })
	return encoded, nil
}

var (
	// escaped is the server's TabSeparated escaping, in which it reads a parameter.
	escaped = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`)
	// quoted is the escaping of a string literal: of elements within an
	// array, and of the whole value, which travels as a literal.
	quoted = strings.NewReplacer(`\`, `\\`, `'`, `\'`)
)

// null is the server's spelling of null in TabSeparated text.
const null = `\N`

// timeLayout is how the server reads a DateTime64(3).
const timeLayout = "2006-01-02 15:04:05.000"

func parameterText(value any) (string, error) {
	if value == nil {
		return null, nil
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Slice {
		// An array's text is read as it stands: its elements are literals.
		return arrayText(v)
	}
	text, _, err := scalarText(value)
	return escaped.Replace(text), err
}

func arrayText(v reflect.Value) (string, error) {
	elements := make([]string, v.Len())
	for i := range elements {
		text, number, err := scalarText(v.Index(i).Interface())
		if err != nil {
			return "", err
		}
		if !number {
			text = "'" + quoted.Replace(text) + "'"
		}
		elements[i] = text
	}
	return "[" + strings.Join(elements, ",") + "]", nil
}

// scalarText returns a value's text and whether it is written bare inside an array.
func scalarText(value any) (text string, bare bool, err error) {
	switch v := value.(type) {
	case sevenday.Millis:
		return time.UnixMilli(int64(v)).UTC().Format(timeLayout), false, nil
	case time.Time:
		return v.UTC().Format(timeLayout), false, nil
	case fmt.Stringer:
		return v.String(), false, nil
	}
	v := reflect.ValueOf(value)
	switch {
	case v.Kind() == reflect.String:
		return v.String(), false, nil
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool()), true, nil
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), true, nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), true, nil
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'g', -1, 64), true, nil
	}
	return "", false, fmt.Errorf("a %T cannot be a parameter", value)
}
