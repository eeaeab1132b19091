package warehouse

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sevenday"
)

// ServerConfig says how to start a server on this machine.
type ServerConfig struct {
	// Dir holds everything of the server's: data, configuration, passwords,
	// logs. It is created if missing.
	Dir string
	// Database is created if missing. Default: "sevenday".
	Database string
	// GrantOn are the databases that users but admin may work in: a name, or a
	// beginning and an asterisk ("test_*"). Default: Database.
	GrantOn string
	// Log gets the few lines there are to tell. Default: slog.Default().
	Log *slog.Logger
}

// WithDefaults returns the configuration with its defaults filled in.
func (c ServerConfig) WithDefaults() ServerConfig {
	c.Database = cmp.Or(c.Database, DefaultDatabase)
	c.GrantOn = cmp.Or(c.GrantOn, c.Database)
	c.Log = cmp.Or(c.Log, slog.Default())
	return c
}

// A Server is a ClickHouse that runs as a child of this process and dies with it.
//
// The library has a fault: it aborts when it refuses a native hello, be it for a
// wrong password or for a database that isn't there (over HTTP it only answers).
// Dial never sends such a hello by itself; a stranger on this machine can. Then
// Done is closed and Start on the same directory goes on where it was.
type Server struct {
	config   ServerConfig
	engine   engine
	endpoint Endpoint
	lock     *os.File
	process  *os.Process
	alive    *os.File // the end of the pipe that tells the child of our life
	done     chan struct{}
	err      error // why the child ended; set before done is closed
	stopping chan struct{}
	stop     sync.Once
	stopped  error // what Stop returns
}

const (
	// startTimeout bounds a start, which takes a second on an empty directory
	// and longer the more parts there are to load.
	startTimeout = 2 * time.Minute
	// stopTimeout is how long a server may take to end by itself.
	stopTimeout = 8 * time.Second
	// portAttempts is how often ports are chosen anew when somebody takes them
	// between our choice and the server's start.
	portAttempts = 3
)

// Start starts a server on 127.0.0.1 and returns when it answers: a
// `clickhouse` of PATH, else the library in a child process that is this
// executable again (see ChildMain). ctx bounds the start, not the server's life.
//
// Another server on the directory is a Conflict error with its holder's process
// id; a machine without any ClickHouse an Unavailable error that tells how to get it.
func Start(ctx context.Context, config ServerConfig) (*Server, error) {
	config = config.WithDefaults()
	dir, err := filepath.Abs(config.Dir)
	if err != nil {
		return nil, startError(config.Dir, err)
	}
	config.Dir = dir
	if err := os.MkdirAll(filepath.Join(dir, dataFolder), 0o700); err != nil {
		return nil, startError(dir, err)
	}
	lock, err := lockDirectory(dir)
	if err != nil {
		return nil, startError(dir, err)
	}
	server, err := startLocked(ctx, config, lock)
	if err != nil {
		return nil, errors.Join(startError(dir, err), lock.Close())
	}
	return server, nil
}

func startError(dir string, err error) error { return wrap("start ClickHouse on", dir, err) }

// startLocked starts the server of a directory that is ours.
func startLocked(ctx context.Context, config ServerConfig, lock *os.File) (*Server, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	found, err := findEngine(ctx, config.Log)
	if err != nil {
		return nil, err
	}
	var failure error
	for range portAttempts {
		s := &Server{config: config, engine: found, lock: lock, done: make(chan struct{}), stopping: make(chan struct{})}
		if failure = s.start(ctx); failure == nil {
			return s, nil
		}
		if !strings.Contains(failure.Error(), "Address already in use") {
			return nil, failure
		}
	}
	return nil, failure
}

func (s *Server) start(ctx context.Context) error {
	chosen, err := choosePorts(s.config.Dir)
	if err != nil {
		return err
	}
	passwords, err := loadPasswords(s.config.Dir)
	if err != nil {
		return err
	}
	if err := s.writeConfiguration(chosen, passwords); err != nil {
		return err
	}
	s.endpoint = Endpoint{
		Native: chosen.native(), HTTP: chosen.http(), Database: s.config.Database, Users: passwords,
	}
	command, err := s.command(chosen)
	if err != nil {
		return err
	}
	if err := s.launch(command); err != nil {
		return err
	}
	if err := s.awaitAnswer(ctx); err != nil {
		return errors.Join(err, s.kill(), s.alive.Close())
	}
	return nil
}

// awaitAnswer returns when the server lets the admin in and has the database.
func (s *Server) awaitAnswer(ctx context.Context) error {
	for {
		db, err := Dial(ctx, s.endpoint, UserAdmin)
		if err == nil {
			return db.Close()
		}
		select {
		case <-s.done:
			return s.startFailure()
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
		if sevenday.KindOf(err) != sevenday.Unavailable {
			return err
		}
	}
}

// startFailure tells from the child's last words why it ended.
func (s *Server) startFailure() error {
	words := s.lastWords()
	failure := &sevenday.Error{
		Kind: sevenday.Unavailable, Op: "the server ended at its start", Subject: words, Err: s.err,
		Fix: "see " + s.path(logFile),
	}
	if strings.Contains(words, "Cannot lock file") {
		failure.Kind, failure.Fix = sevenday.Conflict, "stop the server that uses the directory"
	}
	return failure
}

// lastWords returns the end of what the child printed.
func (s *Server) lastWords() string {
	const enough = 600
	text, err := os.ReadFile(s.path(outputFile))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text[max(0, len(text)-enough):]))
}

func (s *Server) path(name string) string { return filepath.Join(s.config.Dir, name) }

// command returns what the child runs: the program of PATH, or this executable
// in the role of the library's host or of the program's keeper.
func (s *Server) command(chosen ports) (*exec.Cmd, error) {
	role, program, arguments := childKeeper, s.engine.program, []string{"server", "--config-file=" + s.path(configFile)}
	if s.engine.library != "" {
		role, program, arguments = childLibrary, s.engine.library, s.libraryArguments(chosen)
	}
	// With a watchdog the server would be a grandchild, which survives its parent.
	environment := append(os.Environ(), "CLICKHOUSE_WATCHDOG_ENABLE=0")
	if role == childKeeper && kernelEndsChildren {
		command := exec.Command(program, arguments...)
		command.Env = environment
		return command, nil
	}
	self, err := executable()
	if err != nil {
		return nil, err
	}
	command := exec.Command(self, append([]string{program}, arguments...)...)
	command.Env = slices.Concat(environment, []string{childVariable + "=" + role})
	return command, nil
}

//go:embed sql/listen.sql
var listen string

// libraryArguments are what `clickhouse local` takes. The first query opens the
// ports and never ends.
func (s *Server) libraryArguments(chosen ports) []string {
	return []string{
		"--config-file=" + s.path(configFile), "--path=" + s.path(dataFolder),
		"--listen_host=127.0.0.1", fmt.Sprintf("--tcp_port=%d", chosen.Native), fmt.Sprintf("--http_port=%d", chosen.HTTP),
		// The library overlooks the level in the file.
		"--log-level=warning",
		"--query", listen,
	}
}

// launch starts the command in a goroutine whose thread lives as long as the
// child: the kernel takes the end of that thread for the end of the parent.
func (s *Server) launch(command *exec.Cmd) error {
	output, err := os.OpenFile(s.path(outputFile), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	stdin, alive, err := os.Pipe()
	if err != nil {
		return errors.Join(err, output.Close())
	}
	command.Dir, command.Stdin, command.Stdout, command.Stderr = s.config.Dir, stdin, output, output
	s.alive = alive
	dieWithParent(command)
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := command.Start()
		err = errors.Join(err, stdin.Close(), output.Close())
		s.process = command.Process
		started <- err
		if err == nil {
			s.ended(command.Wait())
		}
	}()
	return <-started
}

// ended records the child's end.
func (s *Server) ended(err error) {
	select {
	case <-s.stopping:
	default:
		s.err = &sevenday.Error{
			Kind: sevenday.Unavailable, Op: "run ClickHouse on", Subject: s.config.Dir,
			Err: cmp.Or(err, errors.New("it ended by itself")), Fix: "see " + s.path(logFile),
		}
	}
	close(s.done)
}

// Endpoint tells where the server is. Its passwords are secrets.
func (s *Server) Endpoint() Endpoint { return s.endpoint }

// Done is closed when the server has ended, by Stop or by itself.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err returns why the server ended by itself; nil while it runs and after Stop.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// Stop ends the server and returns when it is gone: it is asked to, and killed
// when ctx ends or eight seconds have passed. No inserted row is lost either way.
func (s *Server) Stop(ctx context.Context) error {
	s.stop.Do(func() {
		close(s.stopping)
		s.stopped = errors.Join(s.end(ctx), s.alive.Close(), s.lock.Close())
	})
	return s.stopped
}

func (s *Server) end(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	if err := s.process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		return s.kill()
	}
}

func (s *Server) kill() error {
	if err := s.process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.done
	return nil
}
