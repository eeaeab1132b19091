package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday/metrics/registry"
	"sevenday/queries"
)

func TestTheDocumentsAreWhatTheRegistryMakes(t *testing.T) {
	for language, file := range map[registry.Language]string{registry.English: "metrics.md", registry.Chinese: "metrics.zh-CN.md"} {
		var want bytes.Buffer
		if err := write(&want, language); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(got)); diff != "" {
			t.Errorf("docs/%s is stale, run make generate (-want +got):\n%s", file, diff)
		}
	}
}

func TestAnUnknownLanguageIsAnError(t *testing.T) {
	if err := write(&bytes.Buffer{}, "fr"); err == nil {
		t.Error("French was written")
	}
}

// The registry can't import package queries, so it lists these rows' columns itself.
func TestListedColumnsAreThoseOfTheRows(t *testing.T) {
	for name, row := range map[string]reflect.Type{
		"merchants": reflect.TypeFor[queries.MerchantRow](), "ingest": reflect.TypeFor[queries.IngestRow](),
	} {
		definition, ok := registry.Find(name)
		if !ok {
			t.Fatalf("no definition %s", name)
		}
		var want, got []string
		for i := range row.NumField() {
			tag, _, _ := strings.Cut(row.Field(i).Tag.Get("json"), ",")
			want = append(want, tag+nullable(row.Field(i).Type.Kind() == reflect.Pointer))
		}
		for _, c := range definition.Columns {
			got = append(got, c.Name+nullable(c.Nullable))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("columns of %s (-row +registry):\n%s", name, diff)
		}
	}
}

func nullable(yes bool) string {
	if yes {
		return "?"
	}
	return ""
}
