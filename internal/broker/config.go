package broker

import (
	"errors"
	"log/slog"

	"sevenday"
)

// Config says where the embedded broker keeps its data and where it listens.
type Config struct {
	// Dir holds the log segments, the groups and the last port. It is created
	// where missing. One broker at a time may use it: the caller holds the lock.
	Dir string
	// Port is the TCP port on 127.0.0.1. 0 takes the last start's port when it
	// is free, so that addresses people wrote down stay right, else a free one.
	Port int
	// Log receives the broker's warnings and errors. nil discards them.
	Log *slog.Logger
}

// WithDefaults returns c with empty optional fields filled.
func (c Config) WithDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Validate returns every fault of c at once, each an Invalid error.
func (c Config) Validate() error {
	var faults []error
	if c.Dir == "" {
		faults = append(faults, sevenday.Invalidf("the broker has no data directory: set Dir"))
	}
	if c.Port < 0 || c.Port > maxPort {
		faults = append(faults, sevenday.Invalidf("%d is not a port: use 0..%d", c.Port, maxPort))
	}
	return errors.Join(faults...)
}

const maxPort = 65535
