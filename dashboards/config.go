package dashboards

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"
)

// Config says what is served and where.
type Config struct {
	// Address to listen on, host:port; port 0 picks a free one.
	// Default 127.0.0.1:8080.
	Address string
	// Hosts are further names under which the page may be asked for, such as the
	// one of a reverse proxy. On a loopback address only its own names are
	// answered otherwise, so that no foreign web page can read the figures by
	// pointing its own name at this machine.
	Hosts []string
	// Figures answers the questions. Required.
	Figures Figures
	// Progress tells the stages of the start-up; nil means there are none.
	Progress func() []Stage
	// Ready is what /readyz asks, one after the other.
	Ready []Check
	// Log takes what went wrong inside. Default slog.Default().
	Log *slog.Logger
	// Now is the clock. Default time.Now.
	Now func() time.Time
}

// DefaultAddress is where the page is served when nothing else is said.
const DefaultAddress = "127.0.0.1:8080"

// WithDefaults fills the empty fields.
func (c Config) WithDefaults() Config {
	if c.Address == "" {
		c.Address = DefaultAddress
	}
	if c.Progress == nil {
		c.Progress = func() []Stage { return nil }
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Validate reports every fault at once.
func (c Config) Validate() error {
	var faults []error
	if c.Figures == nil {
		faults = append(faults, errors.New("no figures to serve"))
	}
	if _, _, err := net.SplitHostPort(c.Address); err != nil {
		faults = append(faults, fmt.Errorf("address %q is not host:port such as %s", c.Address, DefaultAddress))
	}
	return errors.Join(faults...)
}
