package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sevenday"
	"sevenday/internal/warehouse"
)

// loading is what the flags of `load` say, and what has come of it so far.
type loading struct {
	app      *app
	kind     sevenday.RecordKind // 0: told by each file's name or first record
	wait     bool
	complete bool
	timeout  time.Duration

	progress *progress
	sent     int64  // records that were handed to Kafka
	unsent   int64  // records that could not be sent
	reason   string // why not the first of them
}

func (a *app) loadCommand() *cobra.Command {
	l := &loading{app: a}
	var kind string
	command := &cobra.Command{
		Use:   "load FILE...",
		Short: "Send the records of files to Kafka: NDJSON, CSV or Parquet",
		Long: `Send the records of files to Kafka, from where they go the ordinary way. FILE may
be - for standard input (NDJSON or CSV).

NDJSON lines are sent byte for byte. A CSV file's header names the fields; an
empty cell is an absent field, and fields that hold lists are JSON. Parquet
columns are the fields; decimals become strings, timestamps RFC 3339.

The kind of the records is --kind; else the file's name tells it when it begins
with entr, transaction, coupon or merchant; else the first record's fields do.
Sending a file again changes nothing: an event is known by its id.

With --wait the command returns when every record is settled, and tells how many
were refused and why the first of them was (exit code 3). --complete says that
the files hold everything of the days they cover, up to the newest: these days
count as complete, for all merchants, from the next batch on.`,
		Example: `  sevenday load --dir data --wait merchants.csv transactions.parquet entries.ndjson
  zcat old.ndjson.gz | sevenday load --dir data --kind transaction --wait --complete -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(command *cobra.Command, names []string) error {
			if err := l.setKind(kind); err != nil {
				return err
			}
			return l.run(command.Context(), names)
		},
	}
	flags := command.Flags()
	flags.StringVar(&kind, "kind", "", "the records' kind: "+strings.Join(kindNames(), ", "))
	flags.BoolVar(&l.wait, "wait", false, "return when every record is settled or refused")
	flags.BoolVar(&l.complete, "complete", false, "the files hold all of their days: close these days (waits too)")
	l.declareTimeout(flags)
	return command
}

func (l *loading) declareTimeout(flags *pflag.FlagSet) {
	flags.DurationVar(&l.timeout, "timeout", 10*time.Minute, "how long to wait for records to be settled")
}

func (l *loading) setKind(name string) error {
	if name == "" {
		return nil
	}
	kind, ok := sevenday.ParseRecordKind(name)
	if !ok {
		return usagef("--kind %q is unknown: use one of %s", name, strings.Join(kindNames(), ", "))
	}
	l.kind = kind
	return nil
}

func kindNames() []string {
	names := make([]string, len(sevenday.RecordKinds))
	for i, kind := range sevenday.RecordKinds {
		names[i] = kind.String()
	}
	return names
}

// run loads the files. What all of them are is known before anything is sent.
func (l *loading) run(ctx context.Context, names []string) error {
	if l.timeout <= 0 {
		return usagef("--timeout %s is no time to wait: use 10m, say", l.timeout)
	}
	sources, err := l.open(names)
	defer func() {
		for _, s := range sources {
			l.app.complain(s.close())
		}
	}()
	if err != nil {
		return err
	}
	kafka, err := l.kafka()
	if err != nil {
		return err
	}
	l.progress = newProgress(l.app.notes)
	if !l.wait && !l.complete {
		_, err := l.send(ctx, kafka, sources)
		return errors.Join(err, l.verdict(0, ""))
	}
	db, err := l.app.dial(ctx, warehouse.UserBatch)
	if err != nil {
		return err
	}
	defer func() { l.app.complain(db.Close()) }()
	ranges, err := l.send(ctx, kafka, sources)
	if err != nil {
		return err
	}
	return l.finish(ctx, db, ranges)
}

// kafka returns the brokers' addresses, which --kafka tells alone.
func (l *loading) kafka() ([]string, error) {
	if l.app.config.Kafka != "" {
		return addresses(l.app.config.Kafka), nil
	}
	e, err := readEndpoints(l.app.config.Dir)
	return addresses(e.Kafka), err
}

func (l *loading) open(names []string) ([]*source, error) {
	var sources []*source
	stdin := 0
	for _, name := range names {
		if name == stdinName {
			stdin++
		}
		if stdin > 1 {
			return sources, usagef("standard input is named twice: it can be read once")
		}
		s, err := openSource(name, l.app.in)
		if err != nil {
			return sources, err
		}
		sources = append(sources, s)
		if s.kind, err = l.kindOf(s); err != nil {
			return sources, err
		}
	}
	return sources, nil
}

// dropped counts a record that can't be sent.
func (l *loading) dropped(format string, arguments ...any) {
	if l.unsent++; l.unsent == 1 {
		l.reason = fmt.Sprintf(format, arguments...)
	}
}

// verdict tells what was refused, here or by ingest, and makes the exit code of it.
func (l *loading) verdict(refused int64, reason string) error {
	l.tell(l.app.notes, l.unsent, "not sent", l.reason)
	l.tell(l.app.notes, refused, "refused", reason)
	if l.unsent+refused > 0 {
		return errPartial
	}
	return nil
}

func (l *loading) tell(notes io.Writer, count int64, what, reason string) {
	if count > 0 {
		fmt.Fprintf(notes, "sevenday: %d of %d records were %s, the first because %s\n", count, l.sent+l.unsent, what, reason)
	}
}
