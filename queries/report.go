package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// Report makes the platform's headline report from the newest publication.
// Its days are the last 28 that are closed in the time zone of every merchant;
// figures that need time to become final cover 28 days ending earlier. Before
// the first publication there are no claims.
//
// Source: docs/metrics.md, the platform's headline report.
func (c *Catalog) Report(ctx context.Context) (Report, error) {
	report, err := published(ctx, c, func(f Freshness) (Report, error) {
		groups, err := c.groups(ctx, metrics.Scope{}, f.Horizon())
		if err != nil {
			return Report{}, err
		}
		report := Report{AsOf: f.AsOf, Watermark: f.Watermark}
		if len(groups) == 0 {
			return report, nil
		}
		closed := lastClosed(groups)
		if closed < 2*yearDays { // the watermark has not begun to move
			return report, nil
		}
		recent := span{closed - recentDays + 1, closed}
		report.From, report.To = &recent.from, &recent.to
		report.Claims, err = c.claims(ctx, groups, recent)
		return report, err
	})
	if report.Claims == nil {
		report.Claims = []Claim{}
	}
	return report, err
}

// lastClosed is the last day that is closed in every time zone.
func lastClosed(groups metrics.Groups) sevenday.Day {
	closed := groups[0].Closed
	for i := range groups {
		closed = min(closed, groups[i].Closed)
	}
	return closed
}

// claims gathers the report's claims in the order in which they are shown.
func (c *Catalog) claims(ctx context.Context, groups metrics.Groups, recent span) ([]Claim, error) {
	industries, err := warehouse.Select(ctx, c.DB, industryLayout, c.statement("report_industries"), recent.parameters())
	if err != nil {
		return nil, err
	}
	var claims []Claim
	for _, section := range []func() ([]Claim, error){
		func() ([]Claim, error) { return c.peopleClaims(ctx, recent) },
		func() ([]Claim, error) { return c.retentionClaims(ctx, recent.before(headlineDay)) },
		func() ([]Claim, error) { return c.conversionClaims(ctx, groups, recent.before(1), industries) },
		func() ([]Claim, error) { return c.upliftClaims(ctx) },
		func() ([]Claim, error) { return c.caseClaims(ctx, groups) },
		func() ([]Claim, error) { return c.yearClaims(ctx, recent.to) },
		func() ([]Claim, error) { return industryClaims(industries, recent), nil },
	} {
		more, err := section()
		if err != nil {
			return nil, err
		}
		claims = append(claims, more...)
	}
	return claims, nil
}

// layouts of the report's statements.
var (
	peopleLayout      = warehouse.LayoutOf[peopleRow]()
	industryLayout    = warehouse.LayoutOf[industryRow]()
	switchedLayout    = warehouse.LayoutOf[switchedRow]()
	scopeVisitsLayout = warehouse.LayoutOf[scopeVisits]()
	caseLayout        = warehouse.LayoutOf[caseRow]()
	yearLayout        = warehouse.LayoutOf[yearRow]()
)
