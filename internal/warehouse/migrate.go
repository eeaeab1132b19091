package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"sevenday"
)

// A Migration is one numbered file and whether this database has it.
type Migration struct {
	Number  int64
	Name    string // the file's name
	Applied bool
}

// Migrate brings the DB's database up to date: it runs the migrations of all
// sources that it does not have, in the order of their numbers, and returns
// the names of those that it ran, also when a later one failed.
//
// A source is a folder with files NNNN_name.sql at its root, each holding one
// statement after "-- +goose Up". No number may occur twice in all sources.
//
// A statement and the note that it ran are two steps. When a migrator is killed
// between them, or two run at once, the next one finds the table of a CREATE
// TABLE there and notes it. Any other statement must be one that may run
// twice, such as ALTER TABLE … ADD COLUMN IF NOT EXISTS.
func Migrate(ctx context.Context, db *DB, sources ...fs.FS) (applied []string, err error) {
	m, err := newMigrator(db, sources)
	if m == nil || err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	migrations, err := m.status(ctx)
	if err != nil {
		return nil, err
	}
	for _, migration := range migrations {
		if migration.Applied {
			continue
		}
		if err := m.apply(ctx, migration); err != nil {
			return applied, err
		}
		applied = append(applied, migration.Name)
	}
	return applied, nil
}

// MigrationStatus lists all migrations of the sources in the order of their numbers.
// It changes nothing but that goose's table of versions is made if missing.
func MigrationStatus(ctx context.Context, db *DB, sources ...fs.FS) (migrations []Migration, err error) {
	m, err := newMigrator(db, sources)
	if m == nil || err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, m.close()) }()
	return m.status(ctx)
}

// A migrator is goose's provider with the connection that it works on.
type migrator struct {
	db       *sql.DB
	provider *goose.Provider
	store    database.Store
}

// newMigrator returns nil when the sources hold no migration.
func newMigrator(db *DB, sources []fs.FS) (*migrator, error) {
	files, err := gatherMigrations(sources)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	store, err := database.NewStore(database.DialectClickHouse, goose.DefaultTablename)
	if err != nil {
		return nil, migrationError("", err)
	}
	m := &migrator{db: clickhouse.OpenDB(db.pool.target.driverOptions()), store: store}
	m.provider, err = goose.NewProvider(goose.DialectClickHouse, m.db, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, errors.Join(migrationError("", err), m.close())
	}
	return m, nil
}

func (m *migrator) close() error { return m.db.Close() }

func (m *migrator) status(ctx context.Context) ([]Migration, error) {
	states, err := m.provider.Status(ctx)
	if err != nil {
		return nil, migrationError("", err)
	}
	migrations := make([]Migration, len(states))
	for i, state := range states {
		migrations[i] = Migration{
			Number: state.Source.Version, Name: state.Source.Path, Applied: state.State == goose.StateApplied,
		}
	}
	return migrations, nil
}

// apply runs one migration, or notes that another migrator already did.
func (m *migrator) apply(ctx context.Context, migration Migration) error {
	_, err := m.provider.ApplyVersion(ctx, migration.Number, true)
	switch {
	case errors.Is(err, goose.ErrAlreadyApplied):
		return nil
	case Code(err) == CodeTableExists:
		err = m.store.Insert(ctx, m.db, database.InsertRequest{Version: migration.Number})
	}
	if err != nil {
		return migrationError(migration.Name, err)
	}
	return nil
}

func migrationError(name string, err error) error {
	wrapped := &sevenday.Error{Kind: kindOf(err), Op: "migrate", Subject: name, Err: err}
	if name == "" {
		return wrapped
	}
	wrapped.Fix = fmt.Sprintf("mend what it says and migrate again, which goes on with %s", name)
	return wrapped
}
