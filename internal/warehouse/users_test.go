package warehouse_test

import (
	"embed"
	"slices"
	"strings"
	"testing"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

//go:embed testdata/forbidden
var forbiddenFiles embed.FS

// forbidden returns the statements that readers must not be able to run, by name.
func forbidden(t *testing.T) map[string]string {
	t.Helper()
	entries, err := forbiddenFiles.ReadDir("testdata/forbidden")
	if err != nil {
		t.Fatal(err)
	}
	statements := map[string]string{}
	for _, entry := range entries {
		text, err := forbiddenFiles.ReadFile("testdata/forbidden/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		statements[entry.Name()] = string(text)
	}
	return statements
}

// refusals are the server's codes for what a user may not do: access denied,
// a constrained or constant setting, read-only mode.
var refusals = []int{warehouse.CodeAccessDenied, 452, 164}

func TestReadersMayReadAndNothingElse(t *testing.T) {
	admin := testservers.ClickHouse(t)
	statement(t, admin, createDeduplicating)
	if err := insertDated(t, admin, datedRows(5, 1), warehouse.InsertOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, user := range []string{warehouse.UserAnalyst, warehouse.UserDashboard} {
		db := testservers.ClickHouseAs(t, admin, user)
		wantCount(t, db, countRows, 5)
		for name, text := range forbidden(t) {
			t.Run(user+"/"+strings.TrimSuffix(name, ".sql"), func(t *testing.T) {
				_, err := warehouse.Select(t.Context(), db, numberLayout, text, nil)
				if !slices.Contains(refusals, warehouse.Code(err)) {
					t.Errorf("error %v", err)
				}
			})
		}
		if err := insertDated(t, db, datedRows(1, 1), warehouse.InsertOptions{}); sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%s inserting: %v", user, err)
		}
	}
	wantCount(t, admin, countRows, 5)
}

func TestReadersMayTightenTheirLimits(t *testing.T) {
	admin := testservers.ClickHouse(t)
	db := testservers.ClickHouseAs(t, admin, warehouse.UserAnalyst)
	_, err := warehouse.Select(t.Context(), db, numberLayout, manyNumbers, map[string]any{"limit": 1},
		warehouse.Settings{"max_execution_time": "5", "max_block_size": "100"})
	if err != nil {
		t.Error(err)
	}
}

func TestWritersMayInsertAndNotCreate(t *testing.T) {
	admin := testservers.ClickHouse(t)
	statement(t, admin, createDeduplicating)
	for _, user := range []string{warehouse.UserIngest, warehouse.UserBatch} {
		db := testservers.ClickHouseAs(t, admin, user)
		if err := insertDated(t, db, datedRows(5, 1), warehouse.InsertOptions{}); err != nil {
			t.Errorf("%s: %v", user, err)
		}
		wantError(t, db.Exec(t.Context(), createEveryType, nil), sevenday.Invalid, "privileges")
	}
}
