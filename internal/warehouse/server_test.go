package warehouse_test

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

// parentVariable makes this test binary a program that starts a server in the
// directory it names and waits to be killed.
const parentVariable = "SEVENDAY_TEST_PARENT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentVariable); dir != "" {
		warehouse.ChildMain()
		beParent(dir)
	}
	testservers.Main(m)
}

func beParent(dir string) {
	if _, err := warehouse.Start(context.Background(), warehouse.ServerConfig{Dir: dir}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("started")
	select {}
}

func start(t *testing.T, dir string) *warehouse.Server {
	t.Helper()
	server, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, server) })
	return server
}

func stop(t *testing.T, server *warehouse.Server) {
	t.Helper()
	if err := server.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

func dial(t *testing.T, server *warehouse.Server, user string) *warehouse.DB {
	t.Helper()
	db, err := warehouse.Dial(t.Context(), server.Endpoint(), user)
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

func TestARestartKeepsDataPortsAndPasswords(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir)
	db, meanwhile := dial(t, first, warehouse.UserAdmin), dial(t, first, warehouse.UserAdmin)
	statement(t, db, createDeduplicating)
	if err := insertDated(t, db, datedRows(10, 1), warehouse.InsertOptions{}); err != nil {
		t.Fatal(err)
	}
	stop(t, first)
	if err := first.Err(); err != nil {
		t.Errorf("a stopped server has the error %v", err)
	}
	wantError(t, meanwhile.Ping(t.Context()), sevenday.Unavailable)

	second := start(t, dir)
	if diff := cmp.Diff(first.Endpoint(), second.Endpoint()); diff != "" {
		t.Errorf("endpoint (-first +second):\n%s", diff)
	}
	// The way of before finds the server again, although its connection is dead.
	wantCount(t, db, countRows, 10)
}

func TestAServerThatDiesTellsSo(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir)
	process, err := os.FindProcess(childOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-server.Done()
	wantError(t, server.Err(), sevenday.Unavailable, dir)
}

// childOf returns the process id that the server of the directory noted.
func childOf(t *testing.T, dir string) int {
	t.Helper()
	status, err := os.ReadFile(filepath.Join(dir, "data", "status"))
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscanf(string(status), "PID: %d", &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestASecondServerOnADirectoryIsRefusedWithTheHolder(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	_, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: dir})
	wantError(t, err, sevenday.Conflict, fmt.Sprintf("process %d", os.Getpid()))
}

func TestNoServerOutlivesAKilledParent(t *testing.T) {
	dir := t.TempDir()
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), parentVariable+"="+dir)
	var said bytes.Buffer
	output, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 100)
	n, err := output.Read(line)
	said.Write(line[:n])
	if err != nil || said.String() != "started\n" {
		t.Fatalf("the parent said %q, error %v", said.String(), err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := parent.Wait(); err == nil {
		t.Error("the killed parent ended well")
	}
	startAfterDeath(t, dir)
}

// startAfterDeath starts a server on a directory whose holder was killed. The
// kernel takes a moment to end a process; a survivor would hold the directory for ever.
func startAfterDeath(t *testing.T, dir string) {
	t.Helper()
	var err error
	for range 500 {
		var server *warehouse.Server
		server, err = warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: dir})
		if err == nil {
			stop(t, server)
			return
		}
		if sevenday.KindOf(err) != sevenday.Conflict {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal(err)
}

func TestAServerOutlivesTheThreadThatCalledStart(t *testing.T) {
	dir := t.TempDir()
	servers := make(chan *warehouse.Server)
	go func() {
		// A goroutine that ends locked to its thread takes the thread along.
		runtime.LockOSThread()
		server, err := warehouse.Start(context.Background(), warehouse.ServerConfig{Dir: dir})
		if err != nil {
			t.Error(err)
		}
		servers <- server
	}()
	server := <-servers
	if server == nil {
		return
	}
	defer stop(t, server)
	db := dial(t, server, warehouse.UserAdmin)
	for range 20 {
		if err := db.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestSecretsAreReadableByTheirOwnerAlone(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir)
	for _, name := range []string{"passwords.json", "users.xml", "config.xml"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
	for user, password := range server.Endpoint().Users {
		if len(password) < 20 {
			t.Errorf("the password of %s has %d characters", user, len(password))
		}
	}
	wantNowhere(t, dir, server.Endpoint().Users[warehouse.UserAdmin])
}

// wantNowhere checks that no file but passwords.json holds a secret.
func wantNowhere(t *testing.T, dir, secret string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || entry.Name() == "passwords.json" {
			return nil //nolint:nilerr // files of a running server come and go
		}
		text, err := os.ReadFile(path)
		if err == nil && bytes.Contains(text, []byte(secret)) {
			t.Errorf("%s holds a password", path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAHealthyServerLogsNothing(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir)
	dial(t, server, warehouse.UserAnalyst)
	text, err := os.ReadFile(filepath.Join(dir, "clickhouse.log"))
	if err != nil || len(text) > 0 {
		t.Errorf("error %v, log:\n%s", err, text)
	}
}

func TestWithoutAnyClickHouseMakeSetupIsNamed(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("SEVENDAY_LIBCHDB", "")
	t.Setenv("PATH", t.TempDir())
	_, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: t.TempDir()})
	wantError(t, err, sevenday.Unavailable, "make setup")
}

func TestADamagedLibraryIsRefused(t *testing.T) {
	cache := t.TempDir()
	folder := filepath.Join(cache, "sevenday", "libchdb-"+warehouse.LibraryVersion)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "libchdb.so"), []byte("not a library"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("SEVENDAY_LIBCHDB", "")
	t.Setenv("PATH", t.TempDir())
	_, err := warehouse.Start(t.Context(), warehouse.ServerConfig{Dir: t.TempDir()})
	wantError(t, err, sevenday.Unavailable, "SHA-256", "make setup")
}

func TestAnOldClickHouseOnPathIsPassedOverWithALine(t *testing.T) {
	folder := t.TempDir()
	script := "#!/bin/sh\necho 'ClickHouse server version 18.16.1.0 (official build).'\n"
	if err := os.WriteFile(filepath.Join(folder, "clickhouse"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	var log bytes.Buffer
	server, err := warehouse.Start(t.Context(), warehouse.ServerConfig{
		Dir: t.TempDir(), Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	stop(t, server)
	if line := log.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "18.16") {
		t.Errorf("log:\n%s", line)
	}
}
