package queries

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// Change is a published figure that is another one than it was.
type Change struct {
	MerchantID  string       `json:"merchant_id"`
	Figure      string       `json:"figure" doc:"visits, visitors, new_visitors, orders, buyers, gross, net, registered, converted_visits or day_7_returned"`
	Day         sevenday.Day `json:"day" doc:"of day_7_returned the cohort's"`
	Before      string       `json:"before"`
	After       string       `json:"after"`
	Run         uint64       `json:"run" doc:"the last run that made the figure anew"`
	Revision    uint32       `json:"revision" doc:"how often the merchant was published, with that run"`
	PublishedAt string       `json:"published_at" doc:"RFC 3339, UTC"`
	Cause       string       `json:"cause" doc:"what came: new events, late events, refund, correction, deletion, link, merchant record, new rule, rebuild"`
}

// figureRow is one figure of a merchant's day.
type figureRow struct {
	MerchantID string       `ch:"merchant_id"`
	Figure     string       `ch:"figure"`
	Day        sevenday.Day `ch:"day"`
	Span       sevenday.Day `ch:"span"`
	Value      string       `ch:"value"`
}

// compare orders figures as the statement does.
func (f *figureRow) compare(other *figureRow) int {
	return cmp.Or(
		cmp.Compare(f.MerchantID, other.MerchantID), cmp.Compare(f.Day, other.Day), cmp.Compare(f.Figure, other.Figure),
	)
}

// publishedRow is a publication of a merchant.
type publishedRow struct {
	MerchantID  string          `ch:"merchant_id"`
	Run         uint64          `ch:"run"`
	PublishedAt sevenday.Millis `ch:"published_at"`
	Revision    uint32          `ch:"revision"`
	Cause       string          `ch:"cause,low"`
	From        sevenday.Day    `ch:"from_span"`
}

// runRow names a run.
type runRow struct {
	Run uint64 `ch:"run"`
}

var (
	figureLayout    = warehouse.LayoutOf[figureRow]()
	publishedLayout = warehouse.LayoutOf[publishedRow]()
	runLayout       = warehouse.LayoutOf[runRow]()
)

// RunBefore returns the last run that was published before an instant, 0 for none.
func (c *Catalog) RunBefore(ctx context.Context, instant time.Time) (uint64, error) {
	rows, err := warehouse.Select(ctx, c.DB, runLayout, statement("run_before"), map[string]any{"instant": instant.UnixMilli()})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].Run, nil
}

// Changed lists the figures of the scope's merchants that are others now than
// they were when a run was published, with the run that made them so and why, in
// order of merchant, day and figure. Zeros that came or went count. Before the
// publications that are kept, the oldest kept one is compared with.
func (c *Catalog) Changed(ctx context.Context, scope metrics.Scope, days metrics.Range, since uint64) ([]Change, error) {
	return rowsOf(ctx, c, func(Freshness) ([]Change, error) {
		published, err := c.publishedSince(ctx, scope, since)
		if err != nil || len(published) == 0 {
			return nil, err
		}
		parameters := map[string]any{"from": warehouseDay(days.From), "to": warehouseDay(days.To)}
		if days.To == 0 {
			parameters["to"] = lastDay
		}
		parameters["merchants"] = slices.Sorted(maps.Keys(published))
		before, err := warehouse.Select(ctx, c.DB, figureLayout, c.AsOf(max(since, 1)).statement("figures"), parameters)
		if err != nil {
			return nil, err
		}
		after, err := warehouse.Select(ctx, c.DB, figureLayout, c.statement("figures"), parameters)
		return changes(before, after, published), err
	})
}

// publishedSince returns the publications after a run of the scope's merchants,
// by merchant, the oldest first.
func (c *Catalog) publishedSince(ctx context.Context, scope metrics.Scope, since uint64) (map[string][]publishedRow, error) {
	parameters := scopeParameters(scope)
	parameters["since"] = since
	rows, err := warehouse.Select(ctx, c.DB, publishedLayout, statement("published_since"), parameters)
	published := make(map[string][]publishedRow)
	for _, row := range rows {
		published[row.MerchantID] = append(published[row.MerchantID], row)
	}
	return published, err
}

// changes merges two lists of figures, both in order; a figure that is missing is 0.
func changes(before, after []figureRow, published map[string][]publishedRow) []Change {
	var list []Change
	for len(before) > 0 || len(after) > 0 {
		var was, is *figureRow
		order := 1
		switch {
		case len(after) == 0:
			order = -1
		case len(before) > 0:
			order = before[0].compare(&after[0])
		}
		if order <= 0 {
			was, before = &before[0], before[1:]
		}
		if order >= 0 {
			is, after = &after[0], after[1:]
		}
		if was != nil && is != nil && was.Value == is.Value {
			continue
		}
		list = append(list, changeOf(was, is, published))
	}
	return list
}

// changeOf describes the change of a figure that was or is there, or both.
func changeOf(was, is *figureRow, published map[string][]publishedRow) Change {
	row := cmp.Or(is, was)
	change := Change{MerchantID: row.MerchantID, Figure: row.Figure, Day: row.Day, Before: "0", After: "0"}
	if strings.Contains(row.Value, ".") {
		change.Before, change.After = "0.00", "0.00" // money
	}
	if was != nil {
		change.Before = was.Value
	}
	if is != nil {
		change.After = is.Value
	}
	for _, p := range published[row.MerchantID] {
		if p.From <= row.Span { // the run made the figure anew
			change.Run, change.Revision, change.Cause = p.Run, p.Revision, p.Cause
			change.PublishedAt = time.UnixMilli(int64(p.PublishedAt)).UTC().Format(time.RFC3339)
		}
	}
	return change
}
