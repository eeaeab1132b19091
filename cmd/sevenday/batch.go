package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/transform"
)

func (a *app) runCommand() *cobra.Command {
	var every, wait time.Duration
	var rebuild, explain bool
	var format string
	command := &cobra.Command{
		Use:   "run",
		Short: "Settle the events, make the figures, publish them",
		Long: `Settle what ingest has landed, fold the merchants where something changed, and
publish their figures in one step. Running it again changes nothing; killed
anywhere, the next run ends in the same figures. While another batch runs it
waits, and then makes its own pass.

A merchant is made anew from the week of the first event that came, went or
changed, as far back as its figures can depend on it. --explain lists why and how
far for each merchant.`,
		Example: `  sevenday run --dir data
  sevenday run --dir data --explain
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
				err := a.runOnce(ctx, db, wait, rebuild, explain, format)
				if every == 0 || (err != nil && !errors.Is(err, errPartial)) {
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
	flags.BoolVar(&explain, "explain", false, "list which merchants are made anew, why, and how far back")
	flags.StringVar(&format, "format", "table", "table or json")
	flags.Duration("lateness", transform.DefaultLateness, "how long after a day's end its events may still come")
	return command
}

func (a *app) runOnce(ctx context.Context, db *warehouse.DB, wait time.Duration, rebuild, explain bool, format string) error {
	p := newProgress(a.notes)
	batch := &transform.Batch{
		DB: db, Settler: &transform.Settler{DB: db, Holder: holder(), Log: a.log}, Metrics: folds, Checks: checks(),
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
	if err := a.printRun(&run, explain, format, time.Since(began)); err != nil {
		return err
	}
	if len(run.Withheld) > 0 {
		fmt.Fprintf(a.notes, "sevenday: %d merchants keep their earlier figures: checks found faults in the new ones: see `sevenday query checks`\n", len(run.Withheld))
		return errPartial
	}
	return nil
}

// ranBatch is a run as JSON.
type ranBatch struct {
	*transform.Run
	Plans []transform.Plan `json:"plans,omitempty"` // with --explain
}

// shownFailures is how many faults a run prints; `query checks` has them all.
const shownFailures = 20

func (a *app) printRun(run *transform.Run, explain bool, format string, took time.Duration) error {
	if format == "json" {
		ran := ranBatch{Run: run}
		if explain {
			ran.Plans = run.Plans
		}
		return json.NewEncoder(a.out).Encode(ran)
	}
	if explain && len(run.Plans) > 0 {
		if err := print(a.out, "table", run.Plans); err != nil {
			return err
		}
	}
	if err := a.sumUp(run, took); err != nil || len(run.Failures) == 0 {
		return err
	}
	return print(a.out, "table", run.Failures[:min(len(run.Failures), shownFailures)])
}

func (a *app) sumUp(run *transform.Run, took time.Duration) error {
	if run.ID == 0 {
		_, err := fmt.Fprintln(a.out, "nothing changed since the last run")
		return err
	}
	_, err := fmt.Fprintf(a.out, "run %d published: %d merchants (%d of them from a week on), %d persons, %d faults found, days before %s are complete (%.1f s)\n",
		run.ID, run.Merchants-len(run.Withheld), run.Windows, run.Persons, len(run.Failures), instant(run.Watermark), took.Seconds())
	return err
}

func instant(t sevenday.Millis) string {
	return time.UnixMilli(int64(t)).UTC().Format("2006-01-02 15:04 UTC")
}
