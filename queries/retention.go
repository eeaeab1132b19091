package queries

import (
	"context"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/retention"
)

var (
	groupSumsLayout = warehouse.LayoutOf[retention.GroupSums]()
	userDayLayout   = warehouse.LayoutOf[retention.UserDay]()
	zoneLayout      = warehouse.LayoutOf[zoneRow]()
)

// zoneRow is one time zone of the merchants in scope.
type zoneRow struct {
	TimeZone string       `ch:"time_zone"`
	FirstDay sevenday.Day `ch:"first_day"` // of one merchant's history, 0 without any
}

// Retention answers a question about retention from the published sums. An
// unknown merchant is a NotFound error, a question that makes no sense an
// Invalid one. Before the first publication there are no rows.
func (c *Catalog) Retention(ctx context.Context, q retention.Query) ([]retention.Row, error) {
	q = q.WithDefaults()
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]retention.Row, error) {
		answer := retention.Answer{Query: q, Zones: make(map[string]metrics.LastDays)}
		if err := c.readRetention(ctx, &answer, f.Horizon()); err != nil {
			return nil, err
		}
		return answer.Rows(), nil
	})
}

// readRetention reads everything that an answer's rows are made from.
func (c *Catalog) readRetention(ctx context.Context, answer *retention.Answer, horizon metrics.Horizon) (err error) {
	if err := c.readZones(ctx, answer, horizon); err != nil {
		return err
	}
	parameters := retentionParameters(answer)
	reads := []struct {
		statement string
		into      *[]retention.GroupSums
	}{
		{"retention_cells", &answer.Cells}, {"retention_pool", &answer.Pooled}, {"retention_distinct", &answer.Distinct},
	}
	for _, read := range reads {
		if *read.into, err = warehouse.Select(ctx, c.DB, groupSumsLayout, statement(read.statement), parameters); err != nil {
			return err
		}
	}
	if answer.Merchant != "" && answer.Cohort == retention.CohortAll {
		return c.readUserClusters(ctx, answer)
	}
	return nil
}

// readZones finds how far the figures reach in each time zone of the scope.
func (c *Catalog) readZones(ctx context.Context, answer *retention.Answer, horizon metrics.Horizon) error {
	zones, err := warehouse.Select(ctx, c.DB, zoneLayout, statement("retention_scope"), scopeParameters(answer.Scope))
	if err != nil {
		return err
	}
	if len(zones) == 0 {
		return unknownScope(answer.Scope)
	}
	for _, zone := range zones {
		location, err := time.LoadLocation(zone.TimeZone)
		if err != nil {
			return err
		}
		answer.Zones[zone.TimeZone] = horizon.In(location)
		answer.FirstDay = zone.FirstDay
	}
	return nil
}

func unknownScope(scope metrics.Scope) error {
	if scope.Merchant != "" {
		return &sevenday.Error{Kind: sevenday.NotFound, Op: "find merchant", Subject: scope.Merchant, Fix: "list the merchants with `sevenday query merchants`"}
	}
	if scope.Industry != "" {
		return &sevenday.Error{Kind: sevenday.NotFound, Op: "find industry", Subject: scope.Industry, Fix: "list the merchants with `sevenday query merchants`"}
	}
	return nil
}

func scopeParameters(scope metrics.Scope) map[string]any {
	return map[string]any{"merchant": scope.Merchant, "industry": scope.Industry}
}

// lastDay is the last day that the warehouse's Date holds: "no end".
const lastDay sevenday.Day = 65535

func retentionParameters(answer *retention.Answer) map[string]any {
	parameters := scopeParameters(answer.Scope)
	zones := make([]string, 0, len(answer.Zones))
	closed := make([]sevenday.Day, 0, len(answer.Zones))
	for name, days := range answer.Zones {
		zones = append(zones, name)
		closed = append(closed, max(days.Closed, 0))
	}
	to := answer.To
	if to == 0 {
		to = lastDay
	}
	for name, value := range map[string]any{
		"period": string(answer.Period), "cohort": string(answer.Cohort), "activity": string(answer.Activity), "by": answer.By,
		"from": answer.From, "to": to, "zones": zones, "closed": closed,
	} {
		parameters[name] = value
	}
	return parameters
}

func (c *Catalog) readUserClusters(ctx context.Context, answer *retention.Answer) error {
	var zone metrics.LastDays
	for _, only := range answer.Zones { // a merchant has one
		zone = only
	}
	clusters := retention.NewUserClusters(answer.Query, zone)
	err := warehouse.Stream(ctx, c.DB, userDayLayout, statement("retention_user_days"),
		map[string]any{"merchant": answer.Merchant, "activity": string(answer.Activity)},
		func(days []retention.UserDay) error {
			for _, day := range days {
				clusters.Day(day)
			}
			return nil
		})
	clusters.Finish()
	answer.Users = clusters
	return err
}
