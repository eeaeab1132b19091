package transform

import (
	"context"
	"slices"

	"sevenday/internal/warehouse"
	"sevenday/metrics/retention"
)

var (
	distinctDayLayout  = warehouse.LayoutOf[retention.DistinctDay]()
	distinctSumsLayout = warehouse.LayoutOf[retention.DistinctSums]()
)

// foldDistinct counts the cohorts in which a user counts once over many
// merchants: for each industry, and for the platform. It regroups the facts that
// the merchants' folds have just written.
func (b *Batch) foldDistinct(ctx context.Context, run Run, all []merchantRow, spans warehouse.Given) error {
	groups := []string{""}
	for i := range all {
		groups = append(groups, all[i].Industry)
	}
	slices.Sort(groups)
	groups = slices.Compact(groups)
	for i, industry := range groups {
		fold := retention.NewDistinctFold()
		err := warehouse.StreamGiven(ctx, b.DB, distinctDayLayout, statement("distinct_days"),
			map[string]any{"industry": industry, "run": run.ID}, spans, func(days []retention.DistinctDay) error {
				for i := range days {
					fold.Day(&days[i])
				}
				return nil
			})
		if err != nil {
			return err
		}
		fold.Group(run.ID, industry)
		if err := warehouse.Insert(ctx, b.DB, "retention_distinct", distinctSumsLayout, fold.Rows, warehouse.InsertOptions{}); err != nil {
			return err
		}
		b.progress("distinct users", int64(i+1), int64(len(groups)))
	}
	return nil
}
