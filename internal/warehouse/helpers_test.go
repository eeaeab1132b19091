package warehouse_test

import (
	_ "embed"
	"strings"
	"testing"

	"sevenday"
	"sevenday/internal/warehouse"
)

//go:embed testdata/truncate_every_type.sql
var truncateEveryType string

func statement(t testing.TB, db *warehouse.DB, text string) {
	t.Helper()
	if err := db.Exec(t.Context(), text, nil); err != nil {
		t.Fatal(err)
	}
}

// wantError checks an error's kind and that it says what it should.
func wantError(t *testing.T, err error, kind sevenday.ErrorKind, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one of kind %s", kind)
	}
	if got := sevenday.KindOf(err); got != kind {
		t.Errorf("error %q is of kind %s, want %s", err, got, kind)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

// numberLayout is a result of one UInt64 column named n.
var numberLayout = warehouse.NewLayout(warehouse.UInt64("n", func(n *uint64) *uint64 { return n }))

// numbers returns a result's only column, n.
func numbers(t testing.TB, db *warehouse.DB, query string, parameters map[string]any) []uint64 {
	t.Helper()
	got, err := warehouse.Select(t.Context(), db, numberLayout, query, parameters)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
