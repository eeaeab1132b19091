package warehouse

import (
	"context"
	"crypto/tls"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"sevenday"
)

//go:embed sql/create_database.sql
var createDatabase string

//go:embed sql/database_exists.sql
var databaseExists string

// DB is one user's way to one server's database. It is safe for concurrent use.
//
// A statement is sent once. When its connection breaks, the error is
// Unavailable and whether the server did the work is unknown; a statement that
// must not run twice is the caller's to make repeatable.
type DB struct {
	pool   *pool
	native driver.Conn
}

// Settings are the server's settings of one statement, by name: {"max_block_size": "8192"}.
// A name that the server does not know is refused.
type Settings map[string]string

// Dial connects as one of the endpoint's users and creates the database if it
// is missing and the user may. A server that does not answer is an Unavailable error.
func Dial(ctx context.Context, endpoint Endpoint, user string) (*DB, error) {
	t, err := endpoint.target(user)
	if err != nil {
		return nil, err
	}
	return t.open(ctx)
}

// DialDSN connects to clickhouse://user:password@host:9000/database, as Dial
// does. "?secure=true" asks for TLS; several hosts are tried in order. The
// default database is "sevenday".
func DialDSN(ctx context.Context, dsn string) (*DB, error) {
	t, err := parseDSN(dsn)
	if err != nil {
		return nil, err
	}
	return t.open(ctx)
}

func (t target) open(ctx context.Context) (*DB, error) {
	if err := t.ensureDatabase(ctx); err != nil {
		return nil, t.wrap(err)
	}
	native, err := clickhouse.Open(t.driverOptions())
	if err != nil {
		return nil, t.wrap(err)
	}
	db := &DB{pool: newPool(t), native: native}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(t.wrap(err), db.Close())
	}
	return db, nil
}

// ensureDatabase creates the target's database if it is missing. It looks
// through the database "default", which every server has, because the library
// aborts on a hello that names a database that isn't there.
func (t target) ensureDatabase(ctx context.Context) error {
	parameters := map[string]any{"database": t.database}
	t.database = "default"
	db := &DB{pool: newPool(t)}
	defer db.pool.close()
	found, err := Select(ctx, db, existsLayout, databaseExists, parameters)
	if Code(err) == CodeUnknownDatabase {
		// Somebody dropped "default": the server is no embedded one.
		return nil
	}
	if err != nil || (len(found) == 1 && found[0] == 1) {
		return err
	}
	return db.Exec(ctx, createDatabase, parameters)
}

// existsLayout is the answer of EXISTS: 1 or 0.
var existsLayout = NewLayout(UInt8("result", itself[uint8]))

func (t target) wrap(err error) error {
	wrapped := &sevenday.Error{
		Kind: kindOf(err), Op: "connect to ClickHouse",
		Subject: fmt.Sprintf("%s as %q", strings.Join(t.addresses, ","), t.user), Err: err,
	}
	if wrapped.Kind == sevenday.Unavailable {
		wrapped.Fix = "check that the server runs and can be reached"
	}
	return wrapped
}

// driverOptions are the target's options for clickhouse-go.
func (t target) driverOptions() *clickhouse.Options {
	options := &clickhouse.Options{
		Addr: slices.Clone(t.addresses), TLS: t.tls,
		Auth:        clickhouse.Auth{Database: t.database, Username: t.user, Password: t.password},
		DialTimeout: dialTimeout, MaxOpenConns: maxConnections,
	}
	if !t.local() {
		options.Compression = &clickhouse.Compression{Method: clickhouse.CompressionLZ4}
	}
	return options
}

func (t target) connect(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if t.tls == nil {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
	return (&tls.Dialer{Config: t.tls}).DialContext(ctx, "tcp", address)
}

// Database returns the name of the database that unqualified table names mean.
func (db *DB) Database() string { return db.pool.target.database }

// Native returns a clickhouse-go connection to the same database, for result
// sets whose columns are not known beforehand. It connects when it is first
// used and is closed with the DB.
func (db *DB) Native() driver.Conn { return db.native }

// Close closes every connection. Statements in flight finish first.
func (db *DB) Close() error {
	db.pool.close()
	if db.native == nil {
		return nil
	}
	return db.native.Close()
}

// Ping asks the server for a sign of life.
func (db *DB) Ping(ctx context.Context) error {
	err := db.pool.do(ctx, lost, func(c *ch.Client) error { return c.Ping(ctx) })
	return wrap("ping", "ClickHouse", err)
}

// Exec runs one statement without a result. Parameters fill the statement's
// {name:Type} placeholders, as the server parses their types; see encodeParameters for the values they may have.
func (db *DB) Exec(ctx context.Context, statement string, parameters map[string]any, settings ...Settings) error {
	values, err := encodeParameters(parameters)
	if err != nil {
		return wrap("run", head(statement), err)
	}
	err = db.pool.do(ctx, inStep, func(c *ch.Client) error {
		return c.Do(ctx, ch.Query{
			Body: statement, Parameters: values, Settings: querySettings(synchronous, settings...),
			OnResult: func(context.Context, proto.Block) error { return nil },
		})
	})
	return wrap("run", head(statement), err)
}

// synchronous makes an acknowledged insert an inserted one; by default the
// server acknowledges rows that it merely holds in memory.
var synchronous = Settings{"async_insert": "0"}

func querySettings(base Settings, more ...Settings) []ch.Setting {
	var result []ch.Setting
	for _, settings := range append([]Settings{base}, more...) {
		for name, value := range settings {
			result = append(result, ch.Setting{Key: name, Value: value, Important: true})
		}
	}
	return result
}

// inStep tells whether a connection can be used again after a statement's
// error: the server has answered, so both sides are between statements.
func inStep(err error) bool { return ch.IsException(err) }

// lost is for exchanges after whose error nothing is known.
func lost(error) bool { return false }

// headLength is how much of a statement an error repeats.
const headLength = 60

// head returns the beginning of a statement on one line, to name it in an error.
func head(statement string) string {
	words := strings.Join(strings.Fields(statement), " ")
	if runes := []rune(words); len(runes) > headLength {
		return string(runes[:headLength]) + "…"
	}
	return words
}
