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

func exec(t testing.TB, db *warehouse.DB, statement string) {
	t.Helper()
	if err := db.Exec(t.Context(), statement, nil); err != nil {
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
