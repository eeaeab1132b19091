package warehouse

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/ch-go"
)

const (
	// maxConnections bounds a DB's connections. A stream holds one for as long as
	// it runs and its callback may need others, so this is well above the
	// number of workers; the server allows thousands.
	maxConnections = 64
	// maxIdle is how long an unused connection is kept. Proxies and servers drop
	// silent connections after minutes; an hour, the server's own limit, is too long.
	maxIdle     = time.Minute
	dialTimeout = 5 * time.Second
	// handshakeTimeout bounds the exchange of hellos: a port that accepts and
	// says nothing is not a ClickHouse.
	handshakeTimeout = 10 * time.Second
	// pollPeriod is how often a connection that waits for the server looks
	// whether its statement was given up meanwhile.
	pollPeriod = 500 * time.Millisecond
	// cancelGrace is how long a canceled query may take to say so to the server
	// before its connection is cut.
	cancelGrace = time.Second
)

// A connection is one ch-go client and the socket under it.
type connection struct {
	client *ch.Client
	socket net.Conn
	idle   time.Time // since when it is unused
}

// A pool hands out connections to one target. It is safe for concurrent use.
type pool struct {
	target target
	slots  chan struct{} // one token per connection in use

	mu     sync.Mutex // guards what follows
	unused []*connection
	closed bool
}

func newPool(t target) *pool {
	return &pool{target: t, slots: make(chan struct{}, maxConnections)}
}

// do runs work on a connection. The connection is kept afterwards if work
// succeeded, or if keep says that its error leaves the protocol in step.
func (p *pool) do(ctx context.Context, keep func(error) bool, work func(*ch.Client) error) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c, err := p.take(ctx)
	if err != nil {
		return err
	}
	err = c.run(ctx, work)
	if c.client.IsClosed() || (err != nil && !keep(err)) {
		c.close()
		return err
	}
	p.put(c)
	return err
}

// run does the work and cuts the connection when ctx ends and the work does not:
// ch-go looks at its context between packets only.
func (c *connection) run(ctx context.Context, work func(*ch.Client) error) error {
	finished := make(chan struct{})
	defer close(finished)
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-finished:
		case <-time.After(cancelGrace):
			c.close()
		}
	})
	defer stop()
	err := work(c.client)
	if cause := ctx.Err(); err != nil && cause != nil && !errors.Is(err, cause) {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}

func (c *connection) close() {
	// A second close and a close of a broken socket report only that it is gone.
	_ = c.client.Close()
	_ = c.socket.Close()
}

// take returns an unused connection that is still alive, or dials.
func (p *pool) take(ctx context.Context) (*connection, error) {
	for {
		c, err := p.pop()
		if err != nil {
			return nil, err
		}
		if c == nil {
			return p.target.dial(ctx)
		}
		if time.Since(c.idle) < maxIdle && quiet(c.socket) {
			return c, nil
		}
		c.close()
	}
}

func (p *pool) pop() (*connection, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, net.ErrClosed
	}
	if len(p.unused) == 0 {
		return nil, nil
	}
	last := len(p.unused) - 1
	c := p.unused[last]
	p.unused = p.unused[:last]
	return c, nil
}

func (p *pool) put(c *connection) {
	c.idle = time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		c.close()
		return
	}
	p.unused = append(p.unused, c)
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, c := range p.unused {
		c.close()
	}
	p.unused = nil
}

// quiet tells whether an unused connection is open and has nothing to say. A
// server that was restarted has closed it, which only a read shows.
func quiet(socket net.Conn) bool {
	if err := socket.SetReadDeadline(time.Now().Add(probe)); err != nil {
		return false
	}
	_, err := socket.Read(make([]byte, 1))
	var network net.Error
	if !errors.As(err, &network) || !network.Timeout() {
		return false
	}
	return socket.SetReadDeadline(time.Time{}) == nil
}

// probe is how long quiet listens: a deadline in the past would return before
// the socket is looked at.
const probe = 50 * time.Microsecond

// dial opens a connection to the first address that answers.
func (t target) dial(ctx context.Context) (*connection, error) {
	var failures []error
	for _, address := range t.addresses {
		c, err := t.dialAddress(ctx, address)
		if err == nil {
			return c, nil
		}
		failures = append(failures, fmt.Errorf("%s: %w", address, err))
	}
	return nil, errors.Join(failures...)
}

func (t target) dialAddress(ctx context.Context, address string) (*connection, error) {
	plain, err := t.connect(ctx, address)
	if err != nil {
		return nil, err
	}
	socket := &patientSocket{Conn: plain}
	client, err := ch.Connect(ctx, socket, ch.Options{
		Database: t.database, User: t.user, Password: t.password,
		Compression: t.compression(), ClientName: "sevenday",
		ReadTimeout: pollPeriod, HandshakeTimeout: handshakeTimeout,
	})
	if err != nil {
		return nil, errors.Join(err, socket.Close())
	}
	socket.greeted.Store(true)
	return &connection{client: client, socket: socket}, nil
}

// A patientSocket has no read deadline until the hellos are exchanged: ch-go
// waits again when a packet is late, but not when the server's hello is. The
// handshake's own timeout closes the socket.
type patientSocket struct {
	net.Conn
	greeted atomic.Bool
}

// SetReadDeadline does nothing before the server's hello.
func (s *patientSocket) SetReadDeadline(deadline time.Time) error {
	if !s.greeted.Load() {
		return nil
	}
	return s.Conn.SetReadDeadline(deadline)
}

func (t target) compression() ch.Compression {
	if t.local() {
		return ch.CompressionDisabled
	}
	return ch.CompressionLZ4
}
