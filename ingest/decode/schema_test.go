package decode_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"sevenday"
	"sevenday/ingest/decode"
)

// schemaFile is what the tests look at in a schema.
type schemaFile struct {
	Schema     string `json:"$schema"`
	Properties map[string]struct {
		Description string
		Enum        []any
	}
	Examples []json.RawMessage
}

func schemaOf(t testing.TB, kind sevenday.RecordKind) schemaFile {
	t.Helper()
	var file schemaFile
	if err := json.Unmarshal(decode.Schema(kind), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func compile(t testing.TB, kind sevenday.RecordKind) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(decode.Schema(kind)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func valid(t testing.TB, schema *jsonschema.Schema, payload []byte) bool {
	t.Helper()
	record, err := jsonschema.UnmarshalJSON(bytes.NewReader(payload))
	return err == nil && schema.Validate(record) == nil
}

func TestEveryExampleIsValidAndDecodes(t *testing.T) {
	for _, kind := range sevenday.RecordKinds {
		t.Run(kind.String(), func(t *testing.T) {
			schema, file := compile(t, kind), schemaOf(t, kind)
			if file.Schema != "https://json-schema.org/draft/2020-12/schema" || len(file.Examples) < 2 {
				t.Errorf("schema of version %q with %d examples", file.Schema, len(file.Examples))
			}
			for _, example := range file.Examples {
				if !valid(t, schema, example) {
					t.Errorf("the schema refuses its example %s", example)
				}
				if _, _, unknown, refusal := decodeAny(newDecoder(t), kind, example); refusal != nil || unknown != 0 {
					t.Errorf("the decoder refuses the example %s (%v) or does not know %d of its fields", example, refusal, unknown)
				}
			}
		})
	}
}

func TestEveryFieldOfASchemaIsDescribedAndKnown(t *testing.T) {
	for _, kind := range sevenday.RecordKinds {
		for name, property := range schemaOf(t, kind).Properties {
			if property.Description == "" {
				t.Errorf("%s.%s has no description", kind, name)
			}
			payload, err := json.Marshal(map[string]any{name: nil})
			if err != nil {
				t.Fatal(err)
			}
			if _, _, unknown, _ := decodeAny(newDecoder(t), kind, payload); unknown != 0 {
				t.Errorf("the decoder does not know %s.%s", kind, name)
			}
		}
	}
}

func TestSchemasListTheVocabularysWords(t *testing.T) {
	lists := map[sevenday.RecordKind]map[string][]string{
		sevenday.KindEntry: {
			"action": sevenday.ActionNames(), "portal": sevenday.PortalNames(), "terminal": sevenday.TerminalNames(),
		},
		sevenday.KindTransaction: {
			"kind": sevenday.TransactionKindNames(), "method": sevenday.MethodNames(), "lever": sevenday.LeverNames(),
		},
		sevenday.KindCoupon: {
			"kind": sevenday.CouponKindNames(), "stage": sevenday.StageNames(), "placement": sevenday.PlacementNames(),
		},
	}
	for kind, fields := range lists {
		for name, want := range fields {
			var got []string
			for _, value := range schemaOf(t, kind).Properties[name].Enum {
				if word, ok := value.(string); ok {
					got = append(got, word)
				}
			}
			if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); diff != "" {
				t.Errorf("the words of %s.%s differ (-vocabulary +schema):\n%s", kind, name, diff)
			}
		}
	}
}
