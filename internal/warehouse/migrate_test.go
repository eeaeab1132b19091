package warehouse_test

import (
	"embed"
	"io/fs"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/migrations
	migrationFiles embed.FS
	//go:embed testdata/insert_thing.sql
	insertThing string
)

// migrations returns the named folders of testdata/migrations as sources.
func migrations(t *testing.T, folders ...string) []fs.FS {
	t.Helper()
	var sources []fs.FS
	for _, folder := range folders {
		source, err := fs.Sub(migrationFiles, "testdata/migrations/"+folder)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, source)
	}
	return sources
}

func migrate(t *testing.T, db *warehouse.DB, sources []fs.FS) []string {
	t.Helper()
	applied, err := warehouse.Migrate(t.Context(), db, sources...)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func TestMigrationsOfAllSourcesRunInTheOrderOfTheirNumbers(t *testing.T) {
	db := testservers.ClickHouse(t)
	sources := migrations(t, "late", "early")
	want := []string{"0001_things.sql", "0002_color.sql", "0011_owners.sql"}
	if diff := cmp.Diff(want, migrate(t, db, sources)); diff != "" {
		t.Errorf("first run (-want +got):\n%s", diff)
	}
	if again := migrate(t, db, sources); again != nil {
		t.Errorf("second run applied %v", again)
	}
	statement(t, db, insertThing)
}

func TestAMigrationThatComesLaterWithALowerNumberIsApplied(t *testing.T) {
	db := testservers.ClickHouse(t)
	migrate(t, db, migrations(t, "late"))
	want := []string{"0001_things.sql", "0002_color.sql"}
	if diff := cmp.Diff(want, migrate(t, db, migrations(t, "late", "early"))); diff != "" {
		t.Errorf("second run (-want +got):\n%s", diff)
	}
}

func TestStatusTellsWhichMigrationsAreApplied(t *testing.T) {
	db := testservers.ClickHouse(t)
	migrate(t, db, migrations(t, "late"))
	got, err := warehouse.MigrationStatus(t.Context(), db, migrations(t, "early", "late")...)
	want := []warehouse.Migration{
		{Number: 1, Name: "0001_things.sql"},
		{Number: 2, Name: "0002_color.sql"},
		{Number: 11, Name: "0011_owners.sql", Applied: true},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("error %v, status (-want +got):\n%s", err, diff)
	}
}

func TestAKilledMigratorsTableDoesNotBlockTheNext(t *testing.T) {
	db := testservers.ClickHouse(t)
	// What is left when it dies between the statement and the note.
	text, err := migrationFiles.ReadFile("testdata/migrations/early/0001_things.sql")
	if err != nil {
		t.Fatal(err)
	}
	statement(t, db, string(text))
	migrate(t, db, migrations(t, "early"))
	status, err := warehouse.MigrationStatus(t.Context(), db, migrations(t, "early")...)
	if err != nil {
		t.Fatal(err)
	}
	for _, migration := range status {
		if !migration.Applied {
			t.Errorf("%s is not noted as applied", migration.Name)
		}
	}
}

func TestAFailedMigrationTellsWhatWasDoneAndIsTriedAgain(t *testing.T) {
	db := testservers.ClickHouse(t)
	applied, err := warehouse.Migrate(t.Context(), db, migrations(t, "early", "broken")...)
	wantError(t, err, sevenday.NotFound, "0003_broken.sql")
	if diff := cmp.Diff([]string{"0001_things.sql", "0002_color.sql"}, applied); diff != "" {
		t.Errorf("applied before the failure (-want +got):\n%s", diff)
	}
	mended := append(migrations(t, "early"), fstest.MapFS{
		"0003_broken.sql": {Data: []byte("-- +goose Up\nALTER TABLE things ADD COLUMN IF NOT EXISTS size UInt8")},
	})
	if diff := cmp.Diff([]string{"0003_broken.sql"}, migrate(t, db, mended)); diff != "" {
		t.Errorf("applied after mending (-want +got):\n%s", diff)
	}
}

func TestTwoMigrationsOfOneNumberAreRefused(t *testing.T) {
	db := testservers.ClickHouse(t)
	_, err := warehouse.Migrate(t.Context(), db, migrations(t, "early", "early")...)
	wantError(t, err, sevenday.Invalid, "0001")
}

func TestMigratorsAtOnceDoNotHarmEachOther(t *testing.T) {
	db := testservers.ClickHouse(t)
	sources := migrations(t, "early", "late")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if _, err := warehouse.Migrate(t.Context(), db, sources...); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if again := migrate(t, db, sources); again != nil {
		t.Errorf("afterwards %v were still to do", again)
	}
	statement(t, db, insertThing)
}

func TestTheRealMigrationsApply(t *testing.T) {
	db := testservers.ClickHouse(t)
	sources := []fs.FS{os.DirFS("../../transform/migrations"), os.DirFS("../../ingest/migrations")}
	applied := migrate(t, db, sources)
	if !slices.IsSorted(applied) || len(applied) == 0 {
		t.Errorf("applied %v", applied)
	}
}
