package decode_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
	"sevenday/ingest/decode"
)

// TestSchemaAndDecoderAgree changes good records at random and asks both.
func TestSchemaAndDecoderAgree(t *testing.T) {
	for _, kind := range sevenday.RecordKinds {
		t.Run(kind.String(), func(t *testing.T) {
			schema, records := compile(t, kind), records(t, kind)
			accepted := 0
			rapid.Check(t, func(rt *rapid.T) {
				payload := records.Draw(rt, "record")
				_, _, _, refusal := decodeAny(newDecoder(t), kind, payload)
				switch valid := valid(t, schema, payload); {
				case valid && refusal != nil && !beyondSchema(refusal):
					rt.Fatalf("the schema takes %s, the decoder says %v", payload, refusal)
				case !valid && refusal == nil && !strings.Contains(string(payload), `"deleted":true`):
					rt.Fatalf("the decoder takes %s, the schema does not", payload)
				case refusal == nil:
					accepted++
				}
			})
			if accepted == 0 {
				t.Error("no generated record was good: the test shows nothing")
			}
		})
	}
}

// beyondSchema tells what a schema cannot say; the package comment lists it.
func beyondSchema(refusal *decode.Refusal) bool {
	switch refusal.Reason {
	case decode.UnknownCurrency, decode.UnknownTimeZone, decode.TimeTooEarly, decode.TimeTooFarAhead, decode.SceneDisagrees:
		return true
	case decode.TooManyDecimals: // fewer than two, because of the currency
		return true
	case decode.TooLong: // bytes, not characters
		return slices.Contains([]string{"user_id", "anonymous_id", "to_user_id"}, refusal.Field)
	case decode.Conflicting:
		return slices.Contains([]string{
			"ordered_at", "stores.store_id", "capabilities.enabled_at", "capabilities.disabled_at",
		}, refusal.Field)
	case decode.WrongType: // 1.0 is an integer to a schema
		return strings.Contains(refusal.Detail, "without a point")
	case decode.UnknownSchema: // and so is its version
		return true
	default:
		return false
	}
}

// oddValues are tried for every field.
var oddValues = []any{
	nil, "", "x", "a b", "é", "tab\t", "\u202e", strings.Repeat("x", 64), strings.Repeat("店", 64), strings.Repeat("x", 65),
	strings.Repeat("店", 128), strings.Repeat("x", 129), strings.Repeat("x", 256), strings.Repeat("x", 257),
	0, 1, 2, 36, 37, -1, 4294967295, 4294967296, json.Number("1.0"), 1.5, true, false,
	[]any{},
	map[string]any{},
	"0", "0.00", "1", "12.5", "12.50", "12.500", "-1", "007", "9999999999999999.99", "10000000000000000",
	"2026-11-21T10:30:00Z", "2026-11-21T10:30:00.123456+08:00", "2026-11-21", "2014-12-31T23:59:59Z", "2099-01-01T00:00:00Z",
	"2026-02-30T00:00:00Z", "1969-12-31T00:00:00Z", "JPY", "KWD", "cny", "Asia/Peking", "A100", "A200", "Z",
	[]any{map[string]any{"store_id": "s", "name": "n"}},
	[]any{map[string]any{"store_id": "s"}, map[string]any{"store_id": "s"}},
	[]any{map[string]any{"name": "n", "enabled_at": "2026-11-21T10:30:00Z", "disabled_at": "2025-11-21T10:30:00Z"}},
	[]any{map[string]any{"name": "n", "enabled_at": "2026-11-21T10:30:00Z", "void": true}},
	[]any{"s"},
	[]any{map[string]any{}},
}

// records draws examples of the schema with some fields changed.
func records(t testing.TB, kind sevenday.RecordKind) *rapid.Generator[[]byte] {
	file := schemaOf(t, kind)
	names := []string{"unknown"}
	for name := range file.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return rapid.Custom(func(rt *rapid.T) []byte {
		var record map[string]any
		if err := json.Unmarshal(rapid.SampledFrom(file.Examples).Draw(rt, "example"), &record); err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(0, 4).Draw(rt, "changes") {
			name := rapid.SampledFrom(names).Draw(rt, "field")
			values := append(slices.Clone(file.Properties[name].Enum), oddValues...)
			record[name] = rapid.SampledFrom(values).Draw(rt, "value")
		}
		payload, err := json.Marshal(record)
		if err != nil {
			rt.Fatal(err)
		}
		return payload
	})
}
