package transform

import (
	"context"
	"time"
)

const (
	// sweepEvery is how long rows that no longer count may lie about: deleting
	// reads the tables' keys, so it is not done in each run.
	sweepEvery = 6 * time.Hour
	// keptDays is for how many days the last publication of each day can be asked for.
	keptDays = 35
	// personParts bounds the memory of sweeping persons: so many parts, one after the other.
	personParts = 16
)

// sweep deletes what no longer counts after a publication: marks that were taken
// into account, those of withheld merchants aside, and, every few hours, the rows that only publications refer to
// that are no longer kept. Whoever is reading such rows keeps them to the end of
// the query.
func (b *Batch) sweep(ctx context.Context, from base, run *Run, settled uint64) error {
	marks := map[string]any{"settled": settled, "withheld": run.Withheld}
	if err := b.DB.Exec(ctx, statement("sweep_marks"), marks); err != nil {
		return err
	}
	if err := b.DB.Exec(ctx, statement("sweep_leases"), nil); err != nil {
		return err
	}
	if err := b.DB.Exec(ctx, statement("sweep_platform"), nil); err != nil {
		return err
	}
	if from.Run == 0 || run.now/millis(sweepEvery) == from.PublishedAt/millis(sweepEvery) {
		return nil
	}
	return b.sweepRuns(ctx)
}

// sweepRuns deletes merchants' rows that no publication refers to.
func (b *Batch) sweepRuns(ctx context.Context) error {
	if err := b.DB.Exec(ctx, statement("sweep_publications"), map[string]any{"days": keptDays}); err != nil {
		return err
	}
	tables := []string{distinctSums}
	for _, m := range b.Metrics() {
		for _, output := range m.Outputs {
			if output.spanned() {
				tables = append(tables, output.table())
			}
		}
	}
	for i, table := range tables {
		if err := b.DB.Exec(ctx, statement("sweep_spans"), map[string]any{"table": table}); err != nil {
			return err
		}
		b.progress("sweep", int64(i+1), int64(len(tables)))
	}
	for _, table := range [...]string{"first_days_by_run", distinctPersons} {
		for part := range personParts {
			err := b.DB.Exec(ctx, statement("sweep_persons"), map[string]any{"table": table, "part": part, "parts": personParts})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
