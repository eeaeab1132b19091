package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"sevenday"
)

func (a *app) merchantsCommand() *cobra.Command {
	command := &cobra.Command{
		Use:     "merchants",
		Short:   "Bring in what is known of the mini programs",
		Example: "  sevenday merchants import --dir data merchants.csv",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("say what to do with merchants: sevenday merchants import FILE")
		},
	}
	command.AddCommand(a.merchantsImportCommand())
	return command
}

func (a *app) merchantsImportCommand() *cobra.Command {
	l := &loading{app: a, kind: sevenday.KindMerchant, wait: true}
	command := &cobra.Command{
		Use:   "import FILE...",
		Short: "Load merchant records and wait until they count: CSV, Parquet or NDJSON",
		Long: `Load merchant records (sevenday schema merchant tells the fields) and return when
they are settled. In CSV, stores and capabilities are JSON. Of a merchant's
records the one with the newest updated_at wins; its history of capabilities is
kept. A refused record makes the import fail; the good ones count all the same.`,
		Example: `  sevenday merchants import --dir data merchants.csv
  sevenday merchants import --dir data merchants.parquet more.ndjson`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(command *cobra.Command, names []string) error {
			return l.importMerchants(command.Context(), names)
		},
	}
	l.declareTimeout(command.Flags())
	return command
}

// importMerchants is a load of which a part is a failure: someone who imports
// merchants wants all of them.
func (l *loading) importMerchants(ctx context.Context, names []string) error {
	err := l.run(ctx, names)
	if errors.Is(err, errPartial) {
		return errors.New("not every merchant was taken: correct the refused records and import them again")
	}
	return err
}
