package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sevenday/dashboards"
	"sevenday/internal/warehouse"
	"sevenday/queries"
)

// ingestCommand is the first long-lived part alone: Kafka to events.
func (a *app) ingestCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "ingest",
		Short: "Land Kafka's records and settle them into events, and nothing else",
		Long: `Land Kafka's records in ClickHouse and settle them into events. Several of these
share the work as one consumer group. Both servers run elsewhere.`,
		Example: `  sevenday ingest --kafka kafka1:9092 --clickhouse clickhouse://ingest:secret@ch1:9000/sevenday`,
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			if a.config.Kafka == "" || a.config.ClickHouse == "" {
				return usagef("ingest needs servers that run elsewhere: name --kafka and --clickhouse, or use `sevenday up`")
			}
			return a.ingestAlone(command.Context())
		},
	}
	declareIngest(command)
	return command
}

func (a *app) ingestAlone(ctx context.Context) (err error) {
	s, err := a.startStack(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	ingester, err := s.newIngester()
	if err != nil {
		return err
	}
	fmt.Fprintf(a.notes, "ingesting from %s\n", s.endpoints.Kafka)
	return s.runIngest(ctx, ingester)
}

// serveCommand is the third part alone: the pages and the API.
func (a *app) serveCommand() *cobra.Command {
	command := &cobra.Command{
		Use:     "serve",
		Short:   "Show the published figures on pages and over the API, and nothing else",
		Example: `  sevenday serve --clickhouse clickhouse://dashboard:secret@ch1:9000/sevenday --http 127.0.0.1:8080`,
		Args:    cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			ctx := command.Context()
			db, err := a.dial(ctx, warehouse.UserDashboard)
			if err != nil {
				return err
			}
			defer func() { a.complain(db.Close()) }()
			page, err := dashboards.New(dashboards.Config{
				Address: a.config.HTTP, Figures: &queries.Catalog{DB: db}, Log: a.log,
				Ready: []dashboards.Check{{Name: "ClickHouse", Ask: db.Ping}},
			})
			if err != nil {
				return err
			}
			url, err := page.Listen()
			if err != nil {
				return err
			}
			fmt.Fprintf(a.notes, "the pages are at %s\n", url)
			return page.Run(ctx)
		},
	}
	declareServing(command)
	return command
}

// within bounds a question to a server.
func within(ctx context.Context, d time.Duration, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	return ask(ctx)
}
