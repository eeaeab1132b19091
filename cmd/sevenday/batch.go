package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/transform"
)

func (a *app) runCommand() *cobra.Command {
	var every, wait time.Duration
	var rebuild bool
	var format string
	command := &cobra.Command{
		Use:   "run",
		Short: "Settle the events, make the figures, publish them",
		Long: `Settle what ingest has landed, fold the merchants where something changed, and
publish their figures in one step. Running it again changes nothing; killed
anywhere, the next run ends in the same figures. While another batch runs it
waits, and then makes its own pass.`,
		Example: `  sevenday run --dir data
  sevenday run --dir data --rebuild
  sevenday run --every 15m --clickhouse clickhouse://batch:secret@ch1:9000/sevenday`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			ctx := command.Context()
			if format != "table" && format != "json" {
				return usagef("--format %q is unknown: use table or json", format)
			}
			db, err := a.dial(ctx, warehouse.UserBatch)
			if err != nil {
				return err
			}
			defer func() { a.complain(db.Close()) }()
			for {
				if err := a.runOnce(ctx, db, wait, rebuild, format); err != nil || every == 0 {
					return err
				}
				select {
				case <-ctx.Done():
					return nil
				case <-time.After(every):
				}
			}
		},
	}
	flags := command.Flags()
	flags.DurationVar(&every, "every", 0, "keep going, with this pause between two batches")
	flags.DurationVar(&wait, "lease-wait", 10*time.Minute, "how long to wait for another batch")
	flags.BoolVar(&rebuild, "rebuild", false, "fold every merchant, changed or not")
	flags.StringVar(&format, "format", "table", "table or json")
	flags.Duration("lateness", transform.DefaultLateness, "how long after a day's end its events may still come")
	return command
}

func (a *app) runOnce(ctx context.Context, db *warehouse.DB, wait time.Duration, rebuild bool, format string) error {
	p := newProgress(a.notes)
	batch := &transform.Batch{
		DB: db, Settler: &transform.Settler{DB: db, Holder: holder(), Log: a.log}, Metrics: folds,
		Lateness: a.config.Lateness, Progress: p.update, Rebuild: rebuild,
	}
	began := time.Now()
	run, err := batch.Run(ctx, wait)
	p.mu.Lock()
	p.clear()
	p.mu.Unlock()
	if err != nil {
		return err
	}
	if format == "json" {
		return json.NewEncoder(a.out).Encode(run)
	}
	if run.ID == 0 {
		_, err = fmt.Fprintln(a.out, "nothing changed since the last run")
		return err
	}
	_, err = fmt.Fprintf(a.out, "run %d published: %d merchants, %d persons, days before %s are complete (%.1f s)\n",
		run.ID, run.Merchants, run.Persons, instant(run.Watermark), time.Since(began).Seconds())
	return err
}

func instant(t sevenday.Millis) string {
	return time.UnixMilli(int64(t)).UTC().Format("2006-01-02 15:04 UTC")
}
