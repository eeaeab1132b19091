package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/funnel"
)

var funnelSumsLayout = warehouse.LayoutOf[funnel.GroupSums]()

// Funnel answers a question about a funnel; see funnel.Answer for the rows. The
// default funnel of an industry or the platform is read from the published sums,
// its quantiles within 0.8 %; every other is counted over the events themselves,
// exactly. Visits and payments are the published ones; entries and coupons are
// looked up as they are stored now.
//
// Errors are those of Conversion; a funnel that makes no sense is an Invalid one.
func (c *Catalog) Funnel(ctx context.Context, q funnel.Query) ([]funnel.Row, error) {
	q = q.WithDefaults()
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]funnel.Row, error) {
		ask := c.countedFunnel
		if q.IsDefault() && q.Merchant == "" { // one merchant's interval needs its users
			ask = c.storedFunnel
		}
		answer, err := ask(ctx, f, q)
		if err != nil {
			return nil, err
		}
		return answer.Rows(), nil
	})
}

// funnelClosing is closing for a funnel: without a payment nothing waits for
// settlement.
func (c *Catalog) funnelClosing(ctx context.Context, f Freshness, q funnel.Query) (scoped, *conversion.Closing, error) {
	s, closing, err := c.closing(ctx, f, q.Scope, q.Range, q.Reach())
	if err != nil || funnel.NewEngine(&q.Funnel).Lists(funnel.Pay) {
		return s, closing, err
	}
	groups := make(metrics.Groups, len(s.groups))
	for i := range s.groups {
		groups[i] = s.groups[i]
		groups[i].SettlementDays = 0
	}
	closing, err = conversion.NewClosing(q.Reach(), groups)
	return s, closing, err
}

// storedFunnel answers from the published sums of the default funnel.
func (c *Catalog) storedFunnel(ctx context.Context, f Freshness, q funnel.Query) (*funnel.Answer, error) {
	s, closing, err := c.funnelClosing(ctx, f, q)
	if err != nil {
		return nil, err
	}
	var cells, pooled []funnel.GroupSums
	err = errors.Join(
		read(ctx, c, s, funnelSumsLayout, "funnel_cells", &cells),
		read(ctx, c, s, funnelSumsLayout, "funnel_pool", &pooled),
	)
	if err != nil {
		return nil, err
	}
	answer := &funnel.Answer{Query: q, Closing: closing}
	for _, sums := range [][]funnel.GroupSums{cells, pooled} {
		for i := range sums {
			answer.Cells = append(answer.Cells, sums[i].Cell())
		}
	}
	return answer, nil
}
