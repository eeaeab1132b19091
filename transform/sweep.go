package transform

import "context"

// sweep deletes what no longer counts after a publication: rows of earlier runs
// of the merchants that were folded, figures over merchants of earlier runs,
// marks that were taken into account. Whoever is reading such rows keeps them to
// the end of the query.
func (b *Batch) sweep(ctx context.Context, from base, settled uint64) error {
	if from.Run != 0 {
		if err := b.sweepRuns(ctx); err != nil {
			return err
		}
	}
	if err := b.DB.Exec(ctx, statement("sweep_marks"), map[string]any{"settled": settled}); err != nil {
		return err
	}
	return b.DB.Exec(ctx, statement("sweep_leases"), nil)
}

// sweepRuns deletes the rows of runs that were replaced.
func (b *Batch) sweepRuns(ctx context.Context) error {
	var tables []string
	for _, m := range b.Metrics() {
		for _, output := range m.Outputs {
			tables = append(tables, output.table())
		}
	}
	for i, table := range tables {
		if err := b.DB.Exec(ctx, statement("sweep_merchants"), map[string]any{"table": table}); err != nil {
			return err
		}
		b.progress("sweep", int64(i+1), int64(len(tables)))
	}
	for _, table := range [...]string{"retention_distinct", "uplift_figures"} {
		if err := b.DB.Exec(ctx, statement("sweep_platform"), map[string]any{"table": table}); err != nil {
			return err
		}
	}
	return nil
}
