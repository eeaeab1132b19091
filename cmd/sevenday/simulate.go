package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sevenday"
	"sevenday/internal/broker"
	"sevenday/internal/simulate"
)

// worldFlags are the flags that describe a simulated world.
type worldFlags struct {
	config simulate.Config
	until  string
}

func (w *worldFlags) declare(flags *pflag.FlagSet) {
	flags.Uint64Var(&w.config.Seed, "seed", 1, "another seed is another world")
	flags.IntVar(&w.config.Merchants, "merchants", 480, "number of mini programs")
	flags.IntVar(&w.config.Days, "days", 90, "length of the history in days")
	flags.IntVar(&w.config.Events, "events", 2_500_000, "about how many records, up to 100000000")
	flags.StringVar(&w.until, "until", "", "last day of the history (default yesterday)")
}

func (w *worldFlags) world() (*simulate.World, error) {
	if w.until != "" {
		day, err := sevenday.ParseDay(w.until)
		if err != nil {
			return nil, usagef("--until: %w", err)
		}
		w.config.Until = day
	}
	world, err := simulate.NewWorld(w.config)
	return world, invalidIsUsage(err)
}

func (a *app) simulateCommand() *cobra.Command {
	var flags worldFlags
	var out string
	command := &cobra.Command{
		Use:   "simulate",
		Short: "Write a simulated world whose truth is known, to Kafka or to files",
		Long: `Write the records of a simulated world: mini programs, their users' visits,
payments and coupons. The same flags write the same bytes. truth.json says what
the figures must be; its counts and content hashes can be compared with what
ingest landed.`,
		Example: `  sevenday simulate --out world --merchants 60 --days 30 --events 200000
  sevenday simulate --dir data --seed 7         # to the Kafka of the running sevenday up`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			world, err := flags.world()
			if err != nil {
				return err
			}
			if out != "" {
				return a.simulateFiles(command.Context(), world, out)
			}
			e, err := a.endpoints()
			if err != nil {
				return err
			}
			p := newProgress(a.notes)
			truth, err := produce(command.Context(), world, addresses(e.Kafka), p)
			if err != nil {
				return err
			}
			return json.NewEncoder(a.out).Encode(truth.Records)
		},
	}
	flags.declare(command.Flags())
	command.Flags().StringVar(&out, "out", "", "write NDJSON files into this folder instead of to Kafka")
	return command
}

func (a *app) simulateFiles(ctx context.Context, world *simulate.World, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	truth, err := simulate.WriteFiles(ctx, world, dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.notes, "wrote the records and %s to %s\n", simulate.TruthFile, dir)
	return json.NewEncoder(a.out).Encode(truth.Records)
}

// produce streams a world's history to Kafka.
func produce(ctx context.Context, world *simulate.World, kafka []string, p *progress) (simulate.Truth, error) {
	writer := broker.NewWriter(kafka)
	total, done := int64(world.Config().Events), int64(0)
	truth, err := world.Stream(ctx, func(r simulate.Record) error {
		if done%5000 == 0 {
			p.update("simulate", done, max(total, done))
		}
		done++
		// The world uses the value's memory again; the writer holds on to it.
		return writer.Write(ctx, r.Kind.Topic(), []byte(r.Key), bytes.Clone(r.Value))
	})
	if err = errors.Join(err, writer.Flush(ctx), writer.Close()); err != nil {
		p.fail("simulate", err)
		return truth, err
	}
	p.finish("simulate", fmt.Sprintf("%d records of %d merchants", done, world.Config().Merchants))
	return truth, nil
}

// writeTruth keeps the truth beside the data, by rename.
func writeTruth(truth simulate.Truth, dir string) error {
	text, err := json.MarshalIndent(truth, "", " ")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, simulate.TruthFile)
	if err := os.WriteFile(path+".tmp", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}
