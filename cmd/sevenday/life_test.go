package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a running `sevenday up` that a test ends as it likes.
type process struct {
	*exec.Cmd
	dir   string
	notes bytes.Buffer  // what it has written, once it has ended
	ended chan struct{} // closed then
}

// start starts `sevenday up` and returns when it works. What is left of it when
// the test ends is killed.
func start(t testing.TB, dir string) *process {
	t.Helper()
	p := &process{dir: dir, ended: make(chan struct{})}
	p.Cmd = exec.Command(binary(t), "up", "--dir", dir, "--http", "127.0.0.1:0", "--every", "1h")
	p.Stdout, p.Stderr = &p.notes, &p.notes
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.Wait(); close(p.ended) }() // how it ended is in ProcessState
	t.Cleanup(func() {
		if err := p.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
		<-p.ended
	})
	until(t, "up works", func() bool {
		select {
		case <-p.ended:
			t.Fatalf("up ended: %s", p.notes.String())
		default:
		}
		e, err := readEndpoints(dir)
		return err == nil && e.PID == p.Process.Pid
	})
	return p
}

// until waits for what must come true sooner or later, even on a busy machine.
func until(t testing.TB, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(upWithin); !come(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not so after %s: %s", upWithin, what)
		}
	}
}

// end sends a signal and waits until the process has ended.
func (p *process) end(t testing.TB, signal os.Signal) {
	t.Helper()
	if err := p.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	until(t, "up has ended", func() bool {
		select {
		case <-p.ended:
			return true
		default:
			return false
		}
	})
}

// family lists the ids of a process's children and theirs.
func family(t testing.TB, pid int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var list []int
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		// The second field, in parentheses, may hold anything.
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if len(fields) < 2 || fields[1] != strconv.Itoa(pid) {
			continue
		}
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil {
			t.Fatal(err)
		}
		list = append(append(list, child), family(t, child)...)
	}
	return list
}

func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// wantNone waits until none of the processes is left.
func wantNone(t testing.TB, pids []int) {
	t.Helper()
	until(t, fmt.Sprintf("processes %v are gone", pids), func() bool { return !slices.ContainsFunc(pids, alive) })
}

// everyFigure is what the program prints about everything.
func everyFigure(t testing.TB, dir string) string {
	t.Helper()
	var all strings.Builder
	for _, question := range []string{"retention --n 0..30", "retention --cohort all --by portal", "portals", "coupons", "loop", "sales", "merchants"} {
		all.WriteString(must(t, append(append([]string{"query"}, strings.Fields(question)...), "--dir", dir, "--format", "json")...))
	}
	return all.String()
}

// wantSame compares long texts by their first line that differs.
func wantSame(t testing.TB, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Errorf("%s, line %d:\n got %s\nwant %s", what, i, g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d lines, want %d", what, len(g), len(w))
}

// TestUpAndWhatAsksIt follows one `sevenday up` from its start to its clean stop.
func TestUpAndWhatAsksIt(t *testing.T) {
	dir, files := t.TempDir(), smallWorld(t)
	nothing := fmt.Sprintf("sevenday: nothing runs on %s: start `sevenday up --dir %s`\n", dir, dir)
	for _, command := range []string{"run", "query sales", "report", "doctor"} {
		got := call(t, "", append(strings.Fields(command), "--dir", dir)...)
		if got.code != exitFailed || got.stderr != nothing {
			t.Errorf("%s without up = %+v, want code 1 and %q", command, got, nothing)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, dir)
	t.Run("endpoints.json", func(t *testing.T) { checkEndpoints(t, p) })
	t.Run("a second up names who holds the directory", func(t *testing.T) {
		got := call(t, "", "up", "--dir", dir, "--http", "127.0.0.1:0")
		if got.code != exitFailed || !strings.Contains(got.stderr, strconv.Itoa(p.Process.Pid)) || !strings.HasPrefix(got.stderr, "sevenday: ") {
			t.Errorf("second up = %+v, want code 1 and process %d", got, p.Process.Pid)
		}
	})
	t.Run("before the first publication there are no rows", func(t *testing.T) {
		if got := must(t, "query", "merchants", "--dir", dir, "--format", "json"); got != "[]\n" {
			t.Errorf("merchants = %q, want an empty array", got)
		}
	})
	if result := call(t, "", loadOf(t, dir, files, "--wait")...); result.code != exitPartial {
		t.Fatalf("load = %+v, want code 3 for the bad records", result)
	}
	t.Run("a second run changes nothing", func(t *testing.T) {
		if got := must(t, "run", "--dir", dir); !strings.HasPrefix(got, "run ") || !strings.Contains(got, " published: 12 merchants") {
			t.Errorf("first run printed %q", got)
		}
		before := everyFigure(t, dir)
		if got := must(t, "run", "--dir", dir); got != "nothing changed since the last run\n" {
			t.Errorf("second run printed %q", got)
		}
		wantSame(t, "figures after the second run", everyFigure(t, dir), before)
		must(t, "run", "--dir", dir, "--rebuild")
		wantSame(t, "figures after a rebuild", everyFigure(t, dir), before)
	})
	t.Run("retention rows", func(t *testing.T) { checkRetentionRows(t, dir) })
	t.Run("wrong uses and unknown names", func(t *testing.T) { checkUses(t, dir) })
	t.Run("the doctor is content", func(t *testing.T) {
		if got := must(t, "doctor", "--dir", dir); strings.Contains(got, "FAIL") || strings.Count(got, "\nok ") != 5 {
			t.Errorf("doctor printed\n%s", got)
		}
	})
	children := family(t, p.Process.Pid)
	p.end(t, syscall.SIGTERM)
	if code := p.ProcessState.ExitCode(); code != exitDone {
		t.Errorf("up ended with %d:\n%s", code, p.notes.String())
	}
	wantNone(t, children)
	if _, err := os.Stat(endpointsFile(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("endpoints.json after a clean stop: %v", err)
	}
	if mine, err := os.ReadFile(filepath.Join(dir, "notes.txt")); string(mine) != "mine" {
		t.Errorf("another file of the directory is %q now: %v", mine, err)
	}
}

// smallWorld writes a world of twelve merchants and returns its folder.
func smallWorld(t testing.TB) string {
	t.Helper()
	files := t.TempDir()
	must(t, "simulate", "--out", files, "--merchants", "12", "--days", "40", "--events", "30000", "--until", "2026-01-14")
	return files
}

// loadOf is the call that sends all records of a world's folder.
func loadOf(t testing.TB, dir, files string, flags ...string) []string {
	t.Helper()
	records, err := filepath.Glob(filepath.Join(files, "*.ndjson"))
	if err != nil || len(records) != 4 {
		t.Fatalf("%s holds %v: %v", files, records, err)
	}
	return append(append([]string{"load", "--dir", dir}, flags...), records...)
}

func checkEndpoints(t *testing.T, p *process) {
	info, err := os.Stat(endpointsFile(p.dir))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 {
		t.Errorf("mode %s, want -rw-------", info.Mode())
	}
	text, err := os.ReadFile(endpointsFile(p.dir))
	if err != nil {
		t.Fatal(err)
	}
	wantKeys(t, text, "version", "pid", "kafka", "clickhouse", "http")
	var e map[string]json.RawMessage
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	wantKeys(t, e["clickhouse"], "native", "http", "database", "users")
	if string(e["version"]) != "1" || string(e["pid"]) != strconv.Itoa(p.Process.Pid) || !strings.HasPrefix(string(e["http"]), `"http://127.0.0.1:`) {
		t.Errorf("endpoints.json is %s", text)
	}
}

// wantKeys compares the keys of a JSON object, in their order.
func wantKeys(t *testing.T, object []byte, want ...string) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(key))
	}
	if !slices.Equal(got, want) {
		t.Errorf("keys are %v, want %v", got, want)
	}
}
