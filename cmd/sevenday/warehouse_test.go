package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"sevenday/internal/warehouse"
)

// ask sends the statement in a file to the ClickHouse of the running `up`, as its
// administrator, and returns the answer's text.
func ask(t testing.TB, dir, file string) string {
	t.Helper()
	e, err := readEndpoints(dir)
	if err != nil {
		t.Fatal(err)
	}
	statement, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + e.ClickHouse.HTTP + "/?database=" + e.ClickHouse.Database
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(string(statement)))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(warehouse.UserAdmin, e.ClickHouse.Users[warehouse.UserAdmin])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s: %s %v", file, response.Status, answer, err)
	}
	return string(answer)
}
