package queries

import (
	"context"

	"sevenday/internal/warehouse"
	"sevenday/metrics/retention"
)

// walkDistinct counts how long the cohorts of everybody were seen at any merchant
// of the industry or platform, from the active days of all of its persons.
func (c *Catalog) walkDistinct(ctx context.Context, answer *retention.Answer) error {
	defer answer.Distinct.End()
	for _, group := range answer.Groups() {
		fold := new(retention.DistinctFold)
		fold.CountLater()
		parameters := retentionParameters(&answer.Query)
		parameters["group"] = group
		err := warehouse.Stream(ctx, c.DB, distinctDayLayout, c.statement("retention_distinct_days"), parameters, func(days []retention.DistinctDay) error {
			for i := range days {
				fold.Day(&days[i])
			}
			return nil
		})
		if err != nil {
			return err
		}
		fold.Later(&answer.Query, group, answer.Distinct.Later)
	}
	return nil
}
