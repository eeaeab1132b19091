package main

import (
	"context"
	"errors"
	"sync/atomic"

	"sevenday"
	"sevenday/dashboards"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/metrics/uplift"
	"sevenday/queries"
)

// lateCatalog answers for a catalog whose warehouse is still starting, so that
// the page can be opened first.
type lateCatalog struct {
	catalog atomic.Pointer[queries.Catalog]
}

var _ dashboards.Figures = (*lateCatalog)(nil)

// late asks the catalog once it is there.
func late[R any](l *lateCatalog, ask func(*queries.Catalog) (R, error)) (answer R, err error) {
	catalog := l.catalog.Load()
	if catalog == nil {
		return answer, &sevenday.Error{Kind: sevenday.Unavailable, Err: errors.New("the servers are starting"), Fix: "wait a moment"}
	}
	return ask(catalog)
}

func (l *lateCatalog) Freshness(ctx context.Context) (queries.Freshness, error) {
	return late(l, func(c *queries.Catalog) (queries.Freshness, error) { return c.Freshness(ctx) })
}

func (l *lateCatalog) Report(ctx context.Context) (queries.Report, error) {
	return late(l, func(c *queries.Catalog) (queries.Report, error) { return c.Report(ctx) })
}

func (l *lateCatalog) Merchants(ctx context.Context) ([]queries.MerchantRow, error) {
	return late(l, func(c *queries.Catalog) ([]queries.MerchantRow, error) { return c.Merchants(ctx) })
}

func (l *lateCatalog) Retention(ctx context.Context, q retention.Query) ([]retention.Row, error) {
	return late(l, func(c *queries.Catalog) ([]retention.Row, error) { return c.Retention(ctx, q) })
}

func (l *lateCatalog) Conversion(ctx context.Context, q conversion.Query) ([]conversion.Row, error) {
	return late(l, func(c *queries.Catalog) ([]conversion.Row, error) { return c.Conversion(ctx, q) })
}

func (l *lateCatalog) Coupons(ctx context.Context, q coupon.Query) ([]coupon.Row, error) {
	return late(l, func(c *queries.Catalog) ([]coupon.Row, error) { return c.Coupons(ctx, q) })
}

func (l *lateCatalog) Loop(ctx context.Context, q loop.Query) ([]loop.Row, error) {
	return late(l, func(c *queries.Catalog) ([]loop.Row, error) { return c.Loop(ctx, q) })
}

func (l *lateCatalog) Sales(ctx context.Context, q sales.Query) ([]sales.Row, error) {
	return late(l, func(c *queries.Catalog) ([]sales.Row, error) { return c.Sales(ctx, q) })
}

func (l *lateCatalog) Uplift(ctx context.Context, scope metrics.Scope) ([]uplift.Result, error) {
	return late(l, func(c *queries.Catalog) ([]uplift.Result, error) { return c.Uplift(ctx, scope) })
}

func (l *lateCatalog) Ingest(ctx context.Context) ([]queries.IngestRow, error) {
	return late(l, func(c *queries.Catalog) ([]queries.IngestRow, error) { return c.Ingest(ctx) })
}
