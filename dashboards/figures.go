package dashboards

import (
	"context"

	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/metrics/uplift"
	"sevenday/queries"
)

// Figures answers the questions of the pages. Before anything is published it
// returns empty answers; while its servers are starting or away it returns
// errors of kind Unavailable. It is called by many goroutines at once.
type Figures interface {
	Freshness(ctx context.Context) (queries.Freshness, error)
	Report(ctx context.Context) (queries.Report, error)
	Merchants(ctx context.Context) ([]queries.MerchantRow, error)
	Retention(ctx context.Context, q retention.Query) ([]retention.Row, error)
	Conversion(ctx context.Context, q conversion.Query) ([]conversion.Row, error)
	Coupons(ctx context.Context, q coupon.Query) ([]coupon.Row, error)
	Loop(ctx context.Context, q loop.Query) ([]loop.Row, error)
	Sales(ctx context.Context, q sales.Query) ([]sales.Row, error)
	// Uplift has the scope itself first and, for the platform, its industries
	// after it; it is empty where nothing is computed, and for a merchant.
	Uplift(ctx context.Context, scope metrics.Scope) ([]uplift.Result, error)
	Ingest(ctx context.Context) ([]queries.IngestRow, error)
}
