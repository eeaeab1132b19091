package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// pipeline is a `sevenday up` on a fresh directory, used through its commands.
type pipeline struct {
	program string
	dir     string
	notes   io.Writer
	up      *exec.Cmd
	ended   chan error
}

// start starts the servers and returns when they work.
func (p *pipeline) start(ctx context.Context) error {
	p.up = exec.Command(p.program, "up", "--dir", p.dir, "--http", "127.0.0.1:0", "--every", "24h")
	p.up.Stdout, p.up.Stderr = p.notes, p.notes
	if err := p.up.Start(); err != nil {
		return err
	}
	p.ended = make(chan error, 1)
	go func() { p.ended <- p.up.Wait() }()
	for {
		if _, err := os.Stat(filepath.Join(p.dir, "endpoints.json")); err == nil {
			return nil
		}
		select {
		case err := <-p.ended:
			return fmt.Errorf("sevenday up ended: %w", err)
		case <-ctx.Done():
			return errors.Join(ctx.Err(), p.stop())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// stop ends the servers and returns when no process is left.
func (p *pipeline) stop() error {
	if err := p.up.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return <-p.ended
}

// load loads the files through Kafka and makes the figures.
func (p *pipeline) load(ctx context.Context, files ...string) error {
	if _, err := p.call(ctx, append([]string{"load", "--wait"}, files...)...); err != nil {
		return err
	}
	_, err := p.call(ctx, "run")
	return err
}

// call runs a command of the program on the pipeline's directory and returns
// what it printed.
func (p *pipeline) call(ctx context.Context, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, p.program, append(arguments, "--dir", p.dir)...)
	command.Stderr = p.notes
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("sevenday %s: %w", arguments[0], err)
	}
	return out, nil
}

// query asks for figures as rows of type R.
func query[R any](ctx context.Context, p *pipeline, arguments ...string) ([]R, error) {
	out, err := p.call(ctx, append(append([]string{"query"}, arguments...), "--format", "json")...)
	if err != nil {
		return nil, err
	}
	var rows []R
	return rows, json.Unmarshal(out, &rows)
}
