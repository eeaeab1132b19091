// Package testservers gives tests a real ClickHouse: one server per test
// process, started when the first test asks, and an empty database per test.
//
//	func TestMain(m *testing.M) { testservers.Main(m) }
//
//	func TestSomething(t *testing.T) {
//		db := testservers.ClickHouse(t)
//		...
//	}
package testservers

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"sevenday/internal/warehouse"
)

// Main runs a package's tests and stops the server that they started. It must
// be the body of TestMain of every package that uses this one.
func Main(m *testing.M) {
	warehouse.ChildMain()
	code := m.Run()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the test server:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

//go:embed drop_database.sql
var dropDatabase string

// databasePrefix begins the name of every test's database.
const databasePrefix = "test_"

// databases counts the databases of this process.
var databases atomic.Int64

// ClickHouse returns the way to a new empty database as the server's admin. The
// database is dropped and the way closed when the test ends. The test fails when
// no ClickHouse can be started.
func ClickHouse(t testing.TB) *warehouse.DB {
	t.Helper()
	endpoint := Endpoint(t)
	db, err := warehouse.Dial(t.Context(), endpoint, warehouse.UserAdmin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's context is over when it cleans up.
		err := db.Exec(context.Background(), dropDatabase, map[string]any{"database": endpoint.Database})
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	return db
}

// ClickHouseAs returns another user's way to the database of db, closed when the test ends.
func ClickHouseAs(t testing.TB, db *warehouse.DB, user string) *warehouse.DB {
	t.Helper()
	endpoint := Endpoint(t)
	endpoint.Database = db.Database()
	other, err := warehouse.Dial(t.Context(), endpoint, user)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	})
	return other
}

// Endpoint returns where the test server is, with the name of a database that
// no other test has; Dial creates it.
func Endpoint(t testing.TB) warehouse.Endpoint {
	t.Helper()
	server, err := shared.start()
	if err != nil {
		t.Fatal(err)
	}
	endpoint := server.Endpoint()
	endpoint.Database = fmt.Sprintf("%s%d", databasePrefix, databases.Add(1))
	return endpoint
}

// shared is the server of this process.
var shared lazyServer

type lazyServer struct {
	mu     sync.Mutex // guards what follows
	server *warehouse.Server
	dir    string
	err    error // why it could not be started: said to every test, tried once
}

func (l *lazyServer) start() (*warehouse.Server, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server != nil || l.err != nil {
		return l.server, l.err
	}
	l.dir, l.err = os.MkdirTemp("", "sevenday-clickhouse-")
	if l.err != nil {
		return nil, l.err
	}
	l.server, l.err = warehouse.Start(context.Background(), warehouse.ServerConfig{
		Dir: l.dir, Database: databasePrefix + "0", GrantOn: databasePrefix + "*",
	})
	return l.server, l.err
}

func (l *lazyServer) stop() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var err error
	if l.server != nil {
		err = l.server.Stop(context.Background())
	}
	if l.dir != "" {
		err = errors.Join(err, os.RemoveAll(l.dir))
	}
	return err
}
