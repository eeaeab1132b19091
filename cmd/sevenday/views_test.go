package main

import (
	"context"
	_ "embed"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday/internal/warehouse"
	"sevenday/metrics/registry"
)

//go:embed testdata/view_columns.sql
var viewColumns string

//go:embed testdata/view_comments.sql
var viewComments string

// shownColumn is a column of a view, as every SQL client shows it.
type shownColumn struct {
	View, Name, Type, Comment string
}

var shownColumns = warehouse.NewLayout(
	warehouse.String("view", func(c *shownColumn) *string { return &c.View }),
	warehouse.String("name", func(c *shownColumn) *string { return &c.Name }),
	warehouse.String("type", func(c *shownColumn) *string { return &c.Type }),
	warehouse.String("comment", func(c *shownColumn) *string { return &c.Comment }),
)

// shownViews are rows with View and Comment only.
var shownViews = warehouse.NewLayout(
	warehouse.String("view", func(c *shownColumn) *string { return &c.View }),
	warehouse.String("comment", func(c *shownColumn) *string { return &c.Comment }),
)

// server starts a ClickHouse that ends with the test.
func server(t *testing.T) *warehouse.Server {
	t.Helper()
	started, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's context is over when it cleans up.
		if err := started.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return started
}

// connect returns a user's way to the server, closed when the test ends.
func connect(t *testing.T, to *warehouse.Server, user string) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Dial(t.Context(), to.Endpoint(), user)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func shown(t *testing.T, db *warehouse.DB, layout *warehouse.Layout[shownColumn], query string) []shownColumn {
	t.Helper()
	rows, err := warehouse.Select(t.Context(), db, layout, query, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// byView puts rows together by their view, with what they say of it.
func byView(rows []shownColumn, say func(shownColumn) string) map[string][]string {
	views := map[string][]string{}
	for _, row := range rows {
		views[row.View] = append(views[row.View], say(row))
	}
	return views
}

// entries are the registry's rows of all views, and those of their columns.
func entries() (views, columns []shownColumn) {
	for _, v := range registry.Views() {
		views = append(views, shownColumn{View: v.Name, Comment: v.Comment()})
		for _, c := range v.Columns {
			columns = append(columns, shownColumn{v.Name, c.Name, c.Type, c.English})
		}
	}
	return views, columns
}

// withoutInternal leaves out the views whose columns the registry doesn't tell.
func withoutInternal(rows []shownColumn) []shownColumn {
	var published []shownColumn
	for _, row := range rows {
		if _, ok := registry.FindView(row.View); ok {
			published = append(published, row)
		}
	}
	return published
}

func TestEveryViewAndItsEntryAgree(t *testing.T) {
	db := connect(t, server(t), warehouse.UserAdmin)
	sources, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := warehouse.Migrate(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	// Without descriptions: names and types are those of the views' own SELECTs.
	if err := warehouse.CreateViews(t.Context(), db, sources...); err != nil {
		t.Fatal(err)
	}
	views, columns := entries()
	name := func(row shownColumn) string { return row.View }
	if diff := cmp.Diff(byView(views, name), byView(shown(t, db, shownViews, viewComments), name)); diff != "" {
		t.Errorf("views (-registry +database), whose entries belong into metrics/registry/views_*.go:\n%s", diff)
	}
	column := func(row shownColumn) string { return row.Name + " " + row.Type }
	got := withoutInternal(shown(t, db, shownColumns, viewColumns))
	if diff := cmp.Diff(byView(columns, column), byView(got, column)); diff != "" {
		t.Errorf("columns (-registry +database):\n%s", diff)
	}
}

func TestAnalystsSeeWhatTheRegistrySaysOfViews(t *testing.T) {
	at := server(t)
	if _, err := migrate(t.Context(), connect(t, at, warehouse.UserAdmin)); err != nil {
		t.Fatal(err)
	}
	db := connect(t, at, warehouse.UserAnalyst)
	views, columns := entries()
	comment := func(row shownColumn) string { return row.Name + " " + row.Type + ": " + row.Comment }
	if diff := cmp.Diff(byView(views, comment), byView(shown(t, db, shownViews, viewComments), comment)); diff != "" {
		t.Errorf("comments of views (-registry +database):\n%s", diff)
	}
	got := withoutInternal(shown(t, db, shownColumns, viewColumns))
	if diff := cmp.Diff(byView(columns, comment), byView(got, comment)); diff != "" {
		t.Errorf("comments of columns (-registry +database):\n%s", diff)
	}
}
