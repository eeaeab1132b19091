package queries

import (
	"context"
	"strings"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/retention"
)

var (
	placeLayout       = warehouse.LayoutOf[retention.Place]()
	returnLayout      = warehouse.LayoutOf[retention.Return]()
	laterLayout       = warehouse.LayoutOf[retention.Later]()
	distinctDayLayout = warehouse.LayoutOf[retention.DistinctDay]()
)

// Retention answers a question about retention from the published sums, and from
// the persons' days what is not kept as sums. An unknown merchant is a NotFound
// error, a question that makes no sense an Invalid one. Before the first
// publication there are no rows.
func (c *Catalog) Retention(ctx context.Context, q retention.Query) ([]retention.Row, error) {
	q = q.WithDefaults()
	if err := q.Validate(); err != nil {
		return nil, err
	}
	if c.asOf != 0 && (q.Persons() || q.Asks(retention.UnboundedN) || (q.Merchant != "" && q.Cohort == retention.CohortAll)) {
		return nil, sevenday.Invalidf("what an earlier run knew of persons is not kept: ask as of then for measure day_n or within_n of new cohorts, by portal, industry or city")
	}
	return rowsOf(ctx, c, func(f Freshness) ([]retention.Row, error) {
		answer, err := c.retentionAnswer(ctx, f, q)
		if err != nil {
			return nil, err
		}
		return answer.Rows(), nil
	})
}

// retentionAnswer reads everything that an answer's rows are made from.
func (c *Catalog) retentionAnswer(ctx context.Context, f Freshness, q retention.Query) (*retention.Answer, error) {
	places, zones, err := c.places(ctx, f, q.Scope)
	if err != nil {
		return nil, err
	}
	answer := retention.NewAnswer(q, places, zones)
	return answer, c.fill(ctx, answer)
}

// fill gives an answer what it is made from.
func (c *Catalog) fill(ctx context.Context, answer *retention.Answer) error {
	if answer.Persons() {
		return c.walkPersons(ctx, answer, walkParameters(&answer.Query))
	}
	if err := c.readReturns(ctx, answer); err != nil {
		return err
	}
	if answer.Users != nil || answer.Asks(retention.UnboundedN) {
		return c.readLater(ctx, answer)
	}
	return nil
}

// places finds the merchants of a scope, and how far the figures reach in each
// of their time zones.
func (c *Catalog) places(ctx context.Context, f Freshness, scope metrics.Scope) ([]retention.Place, map[string]retention.Zone, error) {
	places, err := warehouse.Select(ctx, c.DB, placeLayout, c.statement("retention_scope"), scopeParameters(scope))
	if err != nil {
		return nil, nil, err
	}
	if len(places) == 0 {
		return nil, nil, unknownScope(scope)
	}
	zones := make(map[string]retention.Zone)
	for i := range places {
		name := places[i].TimeZone
		if _, known := zones[name]; known {
			continue
		}
		location, err := time.LoadLocation(name)
		if err != nil {
			return nil, nil, &sevenday.Error{Op: "cut the days of", Subject: name, Err: err}
		}
		zones[name] = retention.Zone{LastDays: f.Horizon().In(location), Calendar: sevenday.NewCalendar(location)}
	}
	return places, zones, nil
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

// retentionParameters are those of every statement about retention: cohorts of
// the days [from, end), and returns in the days [from, until).
func retentionParameters(q *retention.Query) map[string]any {
	parameters := scopeParameters(q.Scope)
	from, until := q.Reads()
	end := q.To
	if end == 0 {
		end, until = lastDay, lastDay
	}
	for name, value := range map[string]any{
		"period": string(q.Period), "cohort": string(q.Cohort), "activity": string(q.Activity),
		"by": q.By, "stored": q.Stored(), "from_n": q.FromN, "to_n": q.ToN,
		"from": warehouseDay(from), "end": warehouseDay(end), "until": warehouseDay(until),
	} {
		parameters[name] = value
	}
	return parameters
}

// readReturns reads what is stored of merchants and of distinct users.
func (c *Catalog) readReturns(ctx context.Context, answer *retention.Answer) error {
	if err := c.readStored(ctx, answer, "retention_returns", answer.Cohorts); err != nil || answer.Distinct == nil {
		return err
	}
	return c.readStored(ctx, answer, "retention_distinct", answer.Distinct)
}

func (c *Catalog) readStored(ctx context.Context, answer *retention.Answer, name string, cohorts *retention.Cohorts) error {
	err := warehouse.Stream(ctx, c.DB, returnLayout, c.statement(name), retentionParameters(&answer.Query), func(rows []retention.Return) error {
		for i := range rows {
			cohorts.Return(&rows[i])
		}
		return nil
	})
	cohorts.End()
	return err
}

// readLater reads how long users were seen, which is not stored: it changes for
// ever. Of new users the first and last day tell it, of cohorts of everybody the
// persons' days.
func (c *Catalog) readLater(ctx context.Context, answer *retention.Answer) error {
	if answer.Cohort == retention.CohortAll {
		if err := c.walkPersons(ctx, answer, walkParameters(&answer.Query)); err != nil || answer.Distinct == nil {
			return err
		}
		return c.walkDistinct(ctx, answer)
	}
	parameters := retentionParameters(&answer.Query)
	parameters["distinct"] = answer.Distinct != nil
	err := warehouse.Stream(ctx, c.DB, laterLayout, c.statement("retention_later"), parameters, func(rows []retention.Later) error {
		for i := range rows {
			if industry, together := strings.CutPrefix(rows[i].MerchantID, "*"); together {
				rows[i].MerchantID = industry
				answer.Distinct.Later(&rows[i])
			} else {
				answer.Cohorts.Later(&rows[i])
			}
		}
		return nil
	})
	answer.Cohorts.End()
	if answer.Distinct != nil {
		answer.Distinct.End()
	}
	return err
}
