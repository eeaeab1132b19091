package warehouse

import (
	"cmp"
	"crypto/tls"
	"errors"
	"net"

	"github.com/ClickHouse/clickhouse-go/v2"

	"sevenday"
)

// The users of the embedded server.
const (
	UserAdmin     = "admin"     // everything: migrations, repairs
	UserIngest    = "ingest"    // appends to the log, settles it into the events
	UserBatch     = "batch"     // reads the events, writes facts and figures
	UserAnalyst   = "analyst"   // reads, under limits it can't lift
	UserDashboard = "dashboard" // reads for the API, under tighter limits
)

// DefaultDatabase is the database of the embedded server.
const DefaultDatabase = "sevenday"

// Endpoint tells where a server is and who may log in; its JSON form stands in endpoints.json.
type Endpoint struct {
	Native   string            `json:"native"`   // host:port of the native protocol
	HTTP     string            `json:"http"`     // host:port of the HTTP interface
	Database string            `json:"database"` // the database that holds every table
	Users    map[string]string `json:"users"`    // user name to password
}

// A target is one server as one user sees it.
type target struct {
	addresses []string // host:port, tried in this order
	database  string
	user      string
	password  string
	tls       *tls.Config // nil without TLS
}

func (e Endpoint) target(user string) (target, error) {
	password, known := e.Users[user]
	if !known {
		return target{}, sevenday.Invalidf("the ClickHouse at %s has no user %q", e.Native, user)
	}
	return target{addresses: []string{e.Native}, database: e.Database, user: user, password: password}, nil
}

// parseDSN reads clickhouse://user:password@host:port[,host:port]/database?secure=true.
// The error never repeats the DSN, which holds a password.
func parseDSN(dsn string) (target, error) {
	options, err := clickhouse.ParseDSN(dsn)
	if err != nil {
		return target{}, invalidDSN(err)
	}
	if options.Protocol != clickhouse.Native {
		return target{}, invalidDSN(errors.New("only the native protocol is spoken"))
	}
	for _, address := range options.Addr {
		if _, _, err := net.SplitHostPort(address); err != nil {
			return target{}, invalidDSN(err)
		}
	}
	return target{
		addresses: options.Addr,
		database:  cmp.Or(options.Auth.Database, DefaultDatabase),
		user:      cmp.Or(options.Auth.Username, "default"),
		password:  options.Auth.Password,
		tls:       options.TLS,
	}, nil
}

func invalidDSN(err error) error {
	return &sevenday.Error{ //nolint:gosec // the fix shows a form, not a password
		Kind: sevenday.Invalid, Op: "read the address of ClickHouse", Err: err,
		Fix: "write it as clickhouse://user:password@host:9000/database",
	}
}

// local tells whether every address is on this machine's loopback, where
// compressing costs more than it saves.
func (t target) local() bool {
	for _, address := range t.addresses {
		host, _, err := net.SplitHostPort(address)
		if err != nil || (host != "localhost" && !net.ParseIP(host).IsLoopback()) {
			return false
		}
	}
	return true
}
