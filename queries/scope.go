package queries

import (
	"context"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// groupRow is one group of the merchants in scope.
type groupRow struct {
	TimeZone       string `ch:"time_zone"`
	SettlementDays uint16 `ch:"settlement_days"`
	Currency       string `ch:"currency"`
}

var groupLayout = warehouse.LayoutOf[groupRow]()

// groups finds the groups of the merchants in scope, each with the horizon's
// days in its time zone. An unknown merchant or industry is an error.
func (c *Catalog) groups(ctx context.Context, scope metrics.Scope, horizon metrics.Horizon) (metrics.Groups, error) {
	if scope.Merchant != "" && scope.Industry != "" {
		return nil, sevenday.Invalidf("merchant and industry exclude each other: name one of them")
	}
	rows, err := warehouse.Select(ctx, c.DB, groupLayout, c.statement("scope"), scopeParameters(scope))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, unknownScope(scope)
	}
	groups := make(metrics.Groups, len(rows))
	for i, row := range rows {
		location, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return nil, &sevenday.Error{Op: "cut the days of", Subject: row.TimeZone, Err: err}
		}
		groups[i] = metrics.Group{
			TimeZone: row.TimeZone, SettlementDays: sevenday.Day(row.SettlementDays), Currency: row.Currency,
			LastDays: horizon.In(location),
		}
	}
	return groups, nil
}

// dayParameters are those of every statement about a range of days: the scope,
// the range, and for each time zone the last closed and the last begun day.
func dayParameters(scope metrics.Scope, days metrics.Range, groups metrics.Groups) map[string]any {
	parameters := scopeParameters(scope)
	parameters["from"], parameters["to"] = warehouseDay(days.From), warehouseDay(days.To)
	if days.To == 0 {
		parameters["to"] = lastDay
	}
	var zones []string
	var closed, begun []sevenday.Day
	for _, group := range groups {
		zones = append(zones, group.TimeZone)
		closed, begun = append(closed, warehouseDay(group.Closed)), append(begun, warehouseDay(group.Begun))
	}
	parameters["zones"], parameters["closed"], parameters["begun"] = zones, closed, begun
	return parameters
}

// warehouseDay keeps a day within what the warehouse's Date holds, from 1970 on.
func warehouseDay(day sevenday.Day) sevenday.Day { return min(max(day, 0), lastDay) }
