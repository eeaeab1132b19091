package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"sevenday"
	"sevenday/internal/warehouse"
)

// Endpoints tells other programs where a running `sevenday up` answers: the
// content of DIR/endpoints.json, which is there while everything works.
type Endpoints struct {
	Version    int                `json:"version"`
	PID        int                `json:"pid"`
	Kafka      string             `json:"kafka"`
	ClickHouse warehouse.Endpoint `json:"clickhouse"`
	HTTP       string             `json:"http"`
}

const endpointsVersion = 1

func endpointsFile(dir string) string { return filepath.Join(dir, "endpoints.json") }

// write puts the file in place by rename, readable by its owner alone: it holds
// the servers' passwords.
func (e Endpoints) write(dir string) error {
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	aside, err := os.CreateTemp(dir, "endpoints-*.json") // mode 0600
	if err != nil {
		return err
	}
	_, err = aside.Write(append(text, '\n'))
	if err = errors.Join(err, aside.Close()); err != nil {
		return errors.Join(err, os.Remove(aside.Name()))
	}
	return os.Rename(aside.Name(), endpointsFile(dir))
}

// readEndpoints finds the running `sevenday up` of a directory.
func readEndpoints(dir string) (Endpoints, error) {
	nothing := &sevenday.Error{
		Kind: sevenday.Unavailable, Err: fmt.Errorf("nothing runs on %s", dir), Fix: fmt.Sprintf("start `sevenday up --dir %s`", dir),
	}
	text, err := os.ReadFile(endpointsFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return Endpoints{}, nothing
	}
	if err != nil {
		return Endpoints{}, err
	}
	var e Endpoints
	if err := json.Unmarshal(text, &e); err != nil {
		return Endpoints{}, fmt.Errorf("read %s: %w", endpointsFile(dir), err)
	}
	// A killed `up` leaves the file behind.
	if err := syscall.Kill(e.PID, 0); errors.Is(err, syscall.ESRCH) {
		return Endpoints{}, nothing
	}
	return e, nil
}

// clickHouse returns a user's way to the warehouse that the configuration names.
func (a *app) endpoints() (Endpoints, error) {
	if a.config.ClickHouse != "" && a.config.Kafka != "" {
		return Endpoints{Kafka: a.config.Kafka}, nil
	}
	e, err := readEndpoints(a.config.Dir)
	if a.config.Kafka != "" {
		e.Kafka = a.config.Kafka
	}
	if a.config.ClickHouse != "" {
		return e, nil // Kafka may not be needed at all
	}
	return e, err
}

func addresses(kafka string) []string { return strings.Split(kafka, ",") }
