package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"sevenday/internal/broker"
	"sevenday/internal/simulate"
)

func (a *app) demoCommand() *cobra.Command {
	var flags worldFlags
	var once bool
	command := &cobra.Command{
		Use:   "demo",
		Short: "See everything on this machine, with simulated merchants whose truth is known",
		Long: `Start everything on this machine, simulate three months of some hundred mini
programs, send their records through Kafka, ingest and the batch exactly as
production does, and print the headline report. Then the pages stay up and live
events trickle in, until Ctrl-C. A second start on the same data opens at once.`,
		Example: `  sevenday demo
  sevenday demo --merchants 120 --events 500000 --dir small
  sevenday demo --once                          # report, then stop`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			world, err := flags.world()
			if err != nil {
				return err
			}
			p := newProgress(a.notes, "servers", "simulate", "ingest", "fold", "publish")
			return a.up(command.Context(), func(ctx context.Context, r *running) error {
				return a.tellDemo(ctx, r, world, once)
			}, p)
		},
	}
	declareServing(command)
	declareIngest(command)
	command.Flags().Duration("every", 5*time.Minute, "pause between two batches")
	command.Flags().Duration("lateness", 2*time.Hour, "how long after a day's end its events may still come")
	command.Flags().BoolVar(&once, "once", false, "stop after the report")
	flags.declare(command.Flags())
	return command
}

// tellDemo is the demo's story: simulate, wait, make the figures, report, live on.
func (a *app) tellDemo(ctx context.Context, r *running, world *simulate.World, once bool) error {
	known, err := exists(filepath.Join(a.config.Dir, simulate.TruthFile))
	if err != nil {
		return err
	}
	if known {
		r.progress.drop("simulate", "ingest", "fold", "publish")
	} else {
		if err := a.fillDemo(ctx, r, world); err != nil {
			return err
		}
	}
	if err := a.showDemo(ctx, r); err != nil {
		return err
	}
	if once {
		return errFinished
	}
	close(r.first)
	return r.live(ctx, world)
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (a *app) fillDemo(ctx context.Context, r *running, world *simulate.World) error {
	truth, err := produce(ctx, world, r.kafka(), r.progress)
	if err != nil {
		return err
	}
	err = waitSettled(ctx, r.kafka(), r.batch, func(done, total int64) { r.progress.update("ingest", done, total) })
	if err != nil {
		return err
	}
	if err := a.tellIngest(ctx, r); err != nil {
		return err
	}
	if _, err := r.newBatch(r.tellBatch).Run(ctx, time.Minute); err != nil {
		return err
	}
	// The truth is there when the figures are: a demo that was cut off begins anew.
	return writeTruth(truth, a.config.Dir)
}

// tellIngest says what became of the records.
func (a *app) tellIngest(ctx context.Context, r *running) error {
	rows, err := r.catalog().Ingest(ctx)
	if err != nil {
		return err
	}
	landed, refused := int64(0), int64(0)
	for _, row := range rows {
		landed += row.Landed
		refused += row.Refused
	}
	r.progress.finish("ingest", fmt.Sprintf("%d records landed and settled, %d refused with a reason", landed, refused))
	return nil
}

func (a *app) showDemo(ctx context.Context, r *running) error {
	report, err := r.catalog().Report(ctx)
	if err != nil {
		return err
	}
	if err := printReport(a.out, report); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, `
Open the platform's overview: %[1]s/
  a fruit shop: who comes back on day 7, by the portal they came through
    %[1]s/m/%[2]s
  bike sharing: what happened when the deposit was dropped for credit
    %[1]s/m/%[3]s
  a pharmacy: its sales against the same weeks a year ago
    %[1]s/m/%[4]s
  a coffee chain: stores, gift cards, and the loop of the payment-success page
    %[1]s/m/%[5]s
  and a clinic that sends payments but no visits: %[1]s/m/%[7]s
What was planted, to compare: %[6]s
Ctrl-C stops everything.
`, r.url, simulate.FruitShop, simulate.BikeSharing, simulate.Pharmacy, simulate.CoffeeChain,
		filepath.Join(a.config.Dir, simulate.TruthFile), simulate.NoVisits)
	return err
}

// live sends the world's further events as they happen.
func (r *running) live(ctx context.Context, world *simulate.World) error {
	writer := broker.NewWriter(r.kafka())
	last := time.Now()
	err := world.Live(ctx, time.Now(), func(record simulate.Record) error {
		if err := writer.Write(ctx, record.Kind.Topic(), []byte(record.Key), bytes.Clone(record.Value)); err != nil {
			return err
		}
		if time.Since(last) < time.Second {
			return nil
		}
		last = time.Now()
		return writer.Flush(ctx)
	})
	if ctx.Err() != nil {
		err = nil
	}
	return errors.Join(err, writer.Close())
}
