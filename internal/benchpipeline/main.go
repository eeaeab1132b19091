// Command benchpipeline measures the whole program from outside: it starts
// `sevenday up` on an empty directory, sends a simulated world through Kafka, and
// prints how fast records become visible events, how long the batch takes, and
// how much memory each process needed at its peak. It asserts nothing.
//
//	go run ./internal/benchpipeline -binary bin/sevenday -events 1000000,10000000
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	binary := flag.String("binary", "bin/sevenday", "the program to measure")
	events := flag.String("events", "1000000", "sizes of the worlds, comma-separated")
	flag.Parse()
	fmt.Printf("%12s %14s %14s %10s %12s %16s %12s\n", "events", "to Kafka s", "to visible s", "events/s", "run s", "program MB", "ClickHouse MB")
	for _, size := range strings.Split(*events, ",") {
		count, err := strconv.Atoi(size)
		if err == nil {
			err = measure(context.Background(), *binary, count)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "benchpipeline: %s events: %v\n", size, err)
			os.Exit(1)
		}
	}
}

// measure runs one world through the program and prints its line.
func measure(ctx context.Context, binary string, events int) (err error) {
	dir, err := os.MkdirTemp("", "sevenday-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := start(ctx, binary, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop(server)) }()
	began := time.Now()
	if err := call(ctx, binary, "simulate", "--dir", dir, "--events", strconv.Itoa(events)); err != nil {
		return err
	}
	sent := time.Since(began)
	records, err := waitVisible(ctx, binary, dir)
	if err != nil {
		return err
	}
	visible := time.Since(began)
	began = time.Now()
	if err := call(ctx, binary, "run", "--dir", dir); err != nil {
		return err
	}
	batch := time.Since(began)
	program, child := peaks(server.Process.Pid)
	fmt.Printf("%12d %14.1f %14.1f %10.0f %12.1f %16d %12d\n", records, sent.Seconds(), visible.Seconds(),
		float64(records)/visible.Seconds(), batch.Seconds(), program, child)
	return nil
}

// start starts the servers and returns when they answer. The first scheduled
// batch has nothing to do; the next one is far away.
func start(ctx context.Context, binary, dir string) (*exec.Cmd, error) {
	server := exec.CommandContext(ctx, binary, "up", "--dir", dir, "--http", "127.0.0.1:0", "--every", "24h")
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return nil, err
	}
	for range 600 {
		_, err := os.Stat(filepath.Join(dir, "endpoints.json"))
		if err == nil {
			return server, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the servers did not start within a minute"), stop(server))
}

func stop(server *exec.Cmd) error {
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return server.Wait()
}

func call(ctx context.Context, binary string, arguments ...string) error {
	command := exec.CommandContext(ctx, binary, arguments...)
	output, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(arguments, " "), err, output)
	}
	return nil
}

// waitVisible returns the number of records once all of them are settled.
func waitVisible(ctx context.Context, binary, dir string) (int64, error) {
	for {
		output, err := exec.CommandContext(ctx, binary, "query", "ingest", "--dir", dir, "--format", "json").Output()
		if err != nil {
			return 0, err
		}
		var partitions []struct {
			Received int64 `json:"received"`
			Settled  int64 `json:"settled"`
			Lag      int64 `json:"lag"`
		}
		if err := json.Unmarshal(output, &partitions); err != nil {
			return 0, err
		}
		received, waiting := int64(0), int64(0)
		for _, p := range partitions {
			received += p.Received
			waiting += p.Received - p.Settled + p.Lag
		}
		if received > 0 && waiting == 0 {
			return received, nil
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// peaks returns the peak resident memory, in MB, of the program and of its children.
func peaks(pid int) (program, children int64) {
	processes, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		return 0, 0 // the pattern is a constant
	}
	for _, status := range processes {
		values := statusValues(status)
		switch strconv.Itoa(pid) {
		case values["Pid"]:
			program = megabytes(values["VmHWM"])
		case values["PPid"]:
			children += megabytes(values["VmHWM"])
		}
	}
	return program, children
}

// statusValues reads a process's status: a name, a colon and a value per line.
// A process that is gone has none.
func statusValues(path string) map[string]string {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	values := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		values[name] = strings.TrimSpace(value)
	}
	return values
}

// megabytes reads "123456 kB".
func megabytes(text string) int64 {
	kilobytes, err := strconv.ParseInt(strings.TrimSuffix(text, " kB"), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes / 1024
}
