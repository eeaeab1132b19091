package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"sevenday/internal/warehouse"
)

func (a *app) migrateCommand() *cobra.Command {
	var plan bool
	command := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the warehouse's tables and views up to date",
		Long: `Bring the warehouse's tables and views up to date. Migrations are numbered, run
once, and go on where they were cut off. up, demo, ingest and run do this by
themselves.`,
		Example: `  sevenday migrate --clickhouse clickhouse://admin:secret@ch1:9000/sevenday
  sevenday migrate --plan --dir data`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			db, err := a.dial(command.Context(), warehouse.UserAdmin)
			if err != nil {
				return err
			}
			defer func() { a.complain(db.Close()) }()
			if plan {
				return a.printMigrations(command.Context(), db)
			}
			applied, err := migrate(command.Context(), db)
			fmt.Fprintf(a.out, "%d migrations applied\n", len(applied))
			return err
		},
	}
	command.Flags().BoolVar(&plan, "plan", false, "list the migrations and change nothing")
	return command
}

func (a *app) printMigrations(ctx context.Context, db *warehouse.DB) error {
	sources, err := tables()
	if err != nil {
		return err
	}
	migrations, err := warehouse.MigrationStatus(ctx, db, sources...)
	if err != nil {
		return err
	}
	for _, m := range migrations {
		state := "pending"
		if m.Applied {
			state = "applied"
		}
		fmt.Fprintf(a.out, "%s  %s\n", state, m.Name)
	}
	return nil
}

// migrate makes the tables and views that are missing and returns the names of
// the migrations that it ran.
func migrate(ctx context.Context, db *warehouse.DB) ([]string, error) {
	sources, err := tables()
	if err != nil {
		return nil, err
	}
	applied, err := warehouse.Migrate(ctx, db, sources...)
	if err != nil {
		return applied, err
	}
	return applied, warehouse.CreateDescribedViews(ctx, db, viewDescriptions(), sources...)
}
