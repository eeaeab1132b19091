package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"sevenday/internal/warehouse"
)

// built is where the program of these tests is, or why it isn't there.
var built struct {
	once sync.Once
	path string
	err  error
}

// TestMain removes the program when all tests are done. A test that starts the
// embedded ClickHouse in this process has it run the test binary again, as its child.
func TestMain(m *testing.M) {
	warehouse.ChildMain()
	code := m.Run()
	if built.path != "" {
		if err := os.RemoveAll(filepath.Dir(built.path)); err != nil {
			fmt.Fprintln(os.Stderr, "remove the tests' program:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// binary builds the program once for all tests and returns its path.
func binary(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "sevenday-binary-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "sevenday")
		output, err := exec.Command("go", "build", "-o", built.path, ".").CombinedOutput()
		if err != nil {
			built.err = errors.Join(err, errors.New(string(output)))
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// output is what one call of the program came to.
type output struct {
	code           int
	stdout, stderr string
}

// call runs the program with standard input and arguments until it ends.
func call(t testing.TB, stdin string, arguments ...string) output {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary(t), arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader([]byte(stdin)), &stdout, &stderr
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return output{command.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// upWithin bounds how long the servers may take to start on a busy machine.
const upWithin = 2 * time.Minute

// up starts `sevenday up` on a directory and returns when it works. It is told
// to stop when the test ends, and must then end with code 0.
func up(t testing.TB, dir string, arguments ...string) {
	t.Helper()
	command := exec.Command(binary(t), append([]string{"up", "--dir", dir, "--http", "127.0.0.1:0"}, arguments...)...)
	var notes bytes.Buffer
	command.Stdout, command.Stderr = &notes, &notes
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	t.Cleanup(func() {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Errorf("up ended with %v:\n%s", err, notes.String())
		}
	})
	for deadline := time.Now().Add(upWithin); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(endpointsFile(dir)); err == nil {
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("up ended with %v", err)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("up does not work after %s", upWithin)
		}
	}
}
