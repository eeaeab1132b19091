package dashboards

import (
	"context"
	"time"

	"sevenday"
	"sevenday/metrics"
)

// rangeOf returns the days asked for. "last" counts back from the last day
// whose figures are final, which is behind days before the scope's last closed
// day: n for retention at n, 1 where a window of a day has to pass, 0 for sums.
func (s *Server) rangeOf(ctx context.Context, p DayParameters, scope metrics.Scope, behind int) (metrics.Range, error) {
	days, err := p.days()
	if err != nil || p.Last == 0 {
		return days, err
	}
	closed, err := s.lastClosed(ctx, scope)
	if err != nil {
		return metrics.Range{}, err
	}
	end := closed - sevenday.Day(behind) + 1
	return metrics.Range{From: end - sevenday.Day(p.Last), To: end}, nil
}

// lastClosed is the last complete day of a scope: in a merchant's own time
// zone, in the default zone for industries and the platform.
func (s *Server) lastClosed(ctx context.Context, scope metrics.Scope) (sevenday.Day, error) {
	fresh, err := s.answers.Freshness(ctx)
	if err != nil {
		return 0, err
	}
	zone, err := s.zoneOf(ctx, scope.Merchant)
	if err != nil {
		return 0, err
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return 0, &sevenday.Error{Op: "cut the days of", Subject: scope.Merchant, Err: err}
	}
	return fresh.Horizon().In(location).Closed, nil
}

func (s *Server) zoneOf(ctx context.Context, merchant string) (string, error) {
	if merchant == "" {
		return sevenday.DefaultTimeZone, nil
	}
	rows, err := s.merchants(ctx, nil)
	if err != nil {
		return "", err
	}
	for i := range rows {
		if rows[i].MerchantID == merchant {
			return rows[i].TimeZone, nil
		}
	}
	return "", &sevenday.Error{
		Kind: sevenday.NotFound, Op: "find merchant", Subject: merchant, Fix: "the list of merchants is /api/v1/merchants",
	}
}
