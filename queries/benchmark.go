package queries

import (
	"context"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/benchmark"
	"sevenday/metrics/conversion"
)

var programLayout = warehouse.LayoutOf[benchmark.Program]()

// Benchmark sets a merchant beside the owners of its industry, or shows the
// bands of an industry or of all; see benchmark.Answer for the rows. Errors are
// those of Conversion.
//
// There are none as of an earlier publication: two publications, between which one
// company's late events came, could be subtracted.
//
// What is read holds every company's figures; what is returned holds the
// merchant's own and what benchmark.BandOf lets through.
func (c *Catalog) Benchmark(ctx context.Context, q benchmark.Query) ([]benchmark.Row, error) {
	if c.asOf != 0 {
		return nil, sevenday.Invalidf("benchmarks are shown as of now only: those of two publications could be subtracted")
	}
	return rowsOf(ctx, c, func(f Freshness) ([]benchmark.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, metrics.Range{})
		if err != nil {
			return nil, err
		}
		if s.groups, err = c.groups(ctx, metrics.Scope{}, f.Horizon()); err != nil {
			return nil, err
		}
		answer := benchmark.Answer{Query: q, Groups: s.groups}
		s.parameters = dayParameters(q.Scope, metrics.Range{}, s.groups)
		s.parameters["n"], s.parameters["window_days"] = headlineDay, int(conversion.WindowDays)
		for name, m := range map[string]benchmark.Metric{
			"cohort": benchmark.Day7, "visit": benchmark.VisitConversion, "paid": benchmark.Repurchase30, "day": benchmark.NetPerDay,
		} {
			window, _ := benchmark.WindowOf(m, s.groups)
			s.parameters[name+"_from"], s.parameters[name+"_to"] = warehouseDay(window.From), warehouseDay(window.To)
		}
		err = read(ctx, c, s, programLayout, "benchmark_programs", &answer.Programs)
		return answer.Rows(), err
	})
}
