package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"sevenday/dashboards"
	"sevenday/ingest"
)

func (a *app) upCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "up",
		Short: "Run everything on this machine: servers, ingest, scheduled batches, pages",
		Long: `Run everything on this machine: ClickHouse and Kafka (embedded, unless
--clickhouse and --kafka name others), ingest, a batch now and then, the pages.

DIR/endpoints.json tells the addresses and passwords once load, run, query and
the page work. SIGINT or SIGTERM stops everything within ten seconds.`,
		Example: `  sevenday up --dir data
  sevenday up --kafka kafka1:9092,kafka2:9092 --clickhouse clickhouse://sevenday:secret@ch1:9000/sevenday`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return a.up(command.Context(), nil, newProgress(a.notes, "servers"))
		},
	}
	declareServing(command)
	command.Flags().Duration("every", 15*time.Minute, "pause between two batches")
	command.Flags().Duration("lateness", 2*time.Hour, "how long after a day's end its events may still come")
	declareIngest(command)
	return command
}

func declareServing(command *cobra.Command) {
	command.Flags().String("http", dashboards.DefaultAddress, "address of the pages; port 0 picks a free one")
}

// declareIngest declares what the commands that ingest have in common.
func declareIngest(command *cobra.Command) {
	command.Flags().String("scenes", "", "CSV file of scene codes (default: the shipped table)")
	command.Flags().Bool("strict-scenes", false, "refuse visits with an unknown scene code instead of keeping them as other")
	command.Flags().Bool("accept-loss", false, "declare lost what Kafka removed before it was read, instead of stopping the partition")
	command.Flags().StringSlice("new-epoch", nil, "topics that were deleted and made anew: their offsets start over")
}

// running is a stack with everything at work.
type running struct {
	*stack
	ingester *ingest.Ingester
	progress *progress
	url      string        // of the page
	first    chan struct{} // closed when the first batch may begin
}

// up starts everything and keeps it running until ctx ends. What else there is
// to do, such as the demo's story, is told by more; nil for nothing. The page is
// there first, and fills while the rest starts.
func (a *app) up(ctx context.Context, more func(context.Context, *running) error, p *progress) error {
	release, err := hold(a.config.Dir)
	if err != nil {
		return err
	}
	defer func() { a.complain(release()) }()
	if err := os.Remove(endpointsFile(a.config.Dir)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r := &running{progress: p, first: make(chan struct{})}
	catalog := &lateCatalog{}
	ready := func(context.Context) error { return r.ready() }
	page, err := dashboards.New(dashboards.Config{
		Address: a.config.HTTP, Figures: catalog, Progress: p.Stages, Log: a.log,
		Ready: []dashboards.Check{{Name: "ingest", Ask: ready}},
	})
	if err != nil {
		return err
	}
	if r.url, err = page.Listen(); err != nil {
		return err
	}
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return page.Run(ctx) })
	parts.Go(func() error {
		err := a.work(ctx, r, catalog, more)
		if err != nil && ctx.Err() != nil {
			return nil // stopping interrupts whatever is under way
		}
		if err == nil && ctx.Err() == nil {
			err = errFinished
		}
		return err
	})
	if err := parts.Wait(); !errors.Is(err, errFinished) {
		return err
	}
	return nil
}

// errFinished ends `up` from inside, when there is nothing left to do.
var errFinished = errors.New("finished")

func (a *app) work(ctx context.Context, r *running, catalog *lateCatalog, more func(context.Context, *running) error) (err error) {
	r.progress.update("servers", 0, 1)
	if r.stack, err = a.startStack(ctx); err != nil {
		r.progress.fail("servers", err)
		return err
	}
	defer func() { err = errors.Join(err, r.stack.close()) }()
	if r.ingester, err = r.newIngester(); err != nil {
		return err
	}
	catalog.catalog.Store(r.catalog())
	r.progress.finish("servers", fmt.Sprintf("Kafka %s, ClickHouse %s", r.endpoints.Kafka, describe(r.endpoints.ClickHouse.Native)))
	r.endpoints.Version, r.endpoints.PID, r.endpoints.HTTP = endpointsVersion, os.Getpid(), r.url
	if err := r.endpoints.write(a.config.Dir); err != nil {
		return err
	}
	defer func() { a.complain(os.Remove(endpointsFile(a.config.Dir))) }()
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return r.runIngest(ctx, r.ingester) })
	parts.Go(func() error { return r.runBatches(ctx, r.first, r.tellBatch) })
	parts.Go(func() error { return r.watch(ctx) })
	parts.Go(func() error {
		if more != nil {
			return more(ctx, r)
		}
		close(r.first)
		fmt.Fprintf(a.notes, "the pages are at %s\n", r.url)
		return nil
	})
	return parts.Wait()
}

func describe(native string) string {
	if native == "" {
		return "elsewhere"
	}
	return native
}

// watch ends everything when the embedded ClickHouse does.
func (r *running) watch(ctx context.Context) error {
	if r.server == nil {
		return nil
	}
	select {
	case <-ctx.Done():
		return nil
	case <-r.server.Done():
		return fmt.Errorf("the embedded ClickHouse ended: %w: start `sevenday up` again", r.server.Err())
	}
}

// tellBatch passes a batch's progress on, but for the stages that a person need not see.
func (r *running) tellBatch(stage string, done, total int64) {
	r.progress.update(stage, done, total)
	if total > 0 && done == total {
		r.progress.finish(stage, fmt.Sprintf("%d", done))
	}
}

// ready tells whether every partition that this process owns gets on.
func (r *running) ready() error {
	if r.ingester == nil {
		return errors.New("ingest has not started")
	}
	status := r.ingester.Status()
	if status.Trouble != "" {
		return errors.New(status.Trouble)
	}
	var stopped []string
	for _, p := range status.Stopped() {
		stopped = append(stopped, fmt.Sprintf("%s/%d: %s", p.Topic, p.Partition, p.Stopped))
	}
	if len(stopped) > 0 {
		return errors.New(strings.Join(stopped, "; "))
	}
	return nil
}
