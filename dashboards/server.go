package dashboards

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"sevenday"
)

// Limits of one connection. They bound what a slow or hostile client can hold,
// and leave room for the slowest honest answer.
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 10 * time.Second
	writeTimeout   = 90 * time.Second // above answerTimeout, so that a late answer is an error and not a cut line
	idleTimeout    = 2 * time.Minute
	stopTimeout    = 5 * time.Second
	maxHeaderBytes = 16 << 10
	maxBodyBytes   = 64 << 10 // nothing here takes a body
)

// Server serves the API and the pages. Make one with New.
type Server struct {
	config   Config
	answers  *answers
	handler  http.Handler
	listener net.Listener
}

// New prepares a server; it does not listen yet.
func New(config Config) (*Server, error) {
	config = config.WithDefaults()
	if err := config.Validate(); err != nil {
		return nil, &sevenday.Error{Kind: sevenday.Invalid, Op: "prepare the page", Err: err}
	}
	s := &Server{config: config, answers: newAnswers(config.Figures.Freshness, config.Now)}
	handler, err := s.routes()
	if err != nil {
		return nil, err
	}
	s.handler = handler
	return s, nil
}

// Handler returns everything the server answers, for tests and for mounting elsewhere.
func (s *Server) Handler() http.Handler { return s.handler }

// Listen binds the address and returns the page's URL. Requests wait until Run.
func (s *Server) Listen() (string, error) {
	listener, err := net.Listen("tcp", s.config.Address)
	if err != nil {
		return "", &sevenday.Error{
			Kind: sevenday.Conflict, Op: "open the page's port", Subject: s.config.Address,
			Err: err, Fix: "give another address, or port 0 for a free one",
		}
	}
	s.listener = listener
	return "http://" + listener.Addr().String(), nil
}

// Run serves until ctx ends, then lets running answers finish for a few seconds
// and returns nil. It listens first when Listen was not called.
func (s *Server) Run(ctx context.Context) error {
	if s.listener == nil {
		if _, err := s.Listen(); err != nil {
			return err
		}
	}
	server := s.httpServer()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve the page on %s: %w", s.listener.Addr(), err)
	case <-ctx.Done():
		return stop(ctx, server, failed)
	}
}

// stop ends the server gracefully, then by force, and waits for its goroutine.
func stop(ctx context.Context, server *http.Server, failed <-chan error) error {
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(grace)
	if err != nil {
		err = errors.Join(err, server.Close())
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return nil // some answer took longer than the grace; it was cut
	}
	return err
}

func (s *Server) httpServer() *http.Server {
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.config.Log.Handler(), slog.LevelDebug),
	}
}
