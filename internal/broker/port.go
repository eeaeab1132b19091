package broker

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sevenday"
)

const loopback = "127.0.0.1"

func dataDir(dir string) string  { return filepath.Join(dir, "data") }
func portFile(dir string) string { return filepath.Join(dir, "port") }

// choosePort returns the asked port, the last start's, or a free one.
func choosePort(config Config) (int, error) {
	if config.Port != 0 {
		if _, err := probe(config.Port); err != nil {
			return 0, &sevenday.Error{
				Kind: sevenday.Conflict, Op: "listen on", Subject: address(config.Port),
				Err: err, Fix: "choose another port for Kafka, or 0 for a free one",
			}
		}
		return config.Port, nil
	}
	last, err := lastPort(config.Dir)
	if err != nil {
		return 0, err
	}
	if last != 0 {
		if port, err := probe(last); err == nil {
			return port, nil
		}
	}
	return probe(0)
}

// probe listens on the port for a moment and returns the port it got.
func probe(port int) (int, error) {
	listener, err := net.Listen("tcp", address(port))
	if err != nil {
		return 0, err
	}
	got := listener.Addr().(*net.TCPAddr).Port
	return got, listener.Close()
}

func address(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }

// lastPort returns the port of the last start, 0 when there was none or the file is damaged.
func lastPort(dir string) (int, error) {
	text, err := os.ReadFile(portFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the broker's last port: %w", err)
	}
	port, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || port < 0 || port > maxPort {
		return 0, nil
	}
	return port, nil
}

func rememberPort(dir string, port int) error {
	if err := os.WriteFile(portFile(dir), []byte(strconv.Itoa(port)+"\n"), 0o600); err != nil {
		return fmt.Errorf("remember the broker's port: %w", err)
	}
	return nil
}
