package ingest_test

import (
	"os"
	"path/filepath"
	"testing"
)

// queryOf returns the text of a test's query.
func queryOf(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "queries", name+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
