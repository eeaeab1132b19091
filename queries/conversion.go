package queries

import (
	"context"
	"errors"
	"fmt"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
)

var visitSumsLayout = warehouse.LayoutOf[conversion.GroupSums]()

// Conversion answers a question about visit conversion; see conversion.Answer
// for the rows. An unknown merchant or industry is a NotFound error. Before the
// first publication there are no rows.
func (c *Catalog) Conversion(ctx context.Context, q conversion.Query) ([]conversion.Row, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]conversion.Row, error) {
		detail := conversion.Detail{Scope: q.Scope, Range: q.Range}.WithDefaults()
		if q.ByPortal {
			detail.By = conversion.ByPortal
		}
		answer, err := c.storedConversion(ctx, f, detail)
		if err != nil {
			return nil, err
		}
		plain := conversion.Answer{Query: q, Closing: answer.Closing, Cells: answer.Cells, Pooled: answer.Pooled}
		return plain.Rows(), nil
	})
}

// ConversionDetail answers a question about conversion with another breakdown,
// unit, basis or window; see conversion.DetailAnswer for the rows. Errors are
// those of Conversion; a question that makes no sense is an Invalid one.
func (c *Catalog) ConversionDetail(ctx context.Context, d conversion.Detail) ([]conversion.DetailRow, error) {
	d = d.WithDefaults()
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]conversion.DetailRow, error) {
		ask := c.countedConversion
		if d.Stored() {
			ask = c.storedConversion
		}
		answer, err := ask(ctx, f, d)
		if err != nil {
			return nil, err
		}
		return answer.Rows(), nil
	})
}

// closing is what a question about cells that wait for a window begins with.
func (c *Catalog) closing(
	ctx context.Context, f Freshness, scope metrics.Scope, days metrics.Range, reach conversion.Reach,
) (scoped, *conversion.Closing, error) {
	s, err := c.scoped(ctx, f, scope, days)
	if err != nil {
		return s, nil, err
	}
	closing, err := conversion.NewClosing(reach, s.groups)
	if err != nil {
		return s, nil, err
	}
	var names []string
	var final []sevenday.Day
	for i := range s.groups {
		names = append(names, fmt.Sprintf("%s/%d", s.groups[i].TimeZone, s.groups[i].SettlementDays))
		final = append(final, warehouseDay(closing.Final(i)))
	}
	s.parameters["groups"], s.parameters["final"] = names, final
	return s, closing, nil
}

// storedConversion answers from the published sums.
func (c *Catalog) storedConversion(ctx context.Context, f Freshness, d conversion.Detail) (*conversion.DetailAnswer, error) {
	s, closing, err := c.closing(ctx, f, d.Scope, d.Range, d.Reach())
	if err != nil {
		return nil, err
	}
	s.parameters["of_users"], s.parameters["of_net"] = d.Unit == conversion.UnitUser, d.Basis == conversion.BasisNet
	pool := "conversion_pool"
	if d.Merchant != "" {
		pool = "conversion_pool_users"
	}
	answer := &conversion.DetailAnswer{Detail: d, Closing: closing}
	breakdowns := []string{d.By}
	if d.By == conversion.ByIndustry { // its rows hold the industries alone
		breakdowns = append(breakdowns, "")
	}
	for _, by := range breakdowns {
		s.parameters["by"] = by
		var cells, pooled []conversion.GroupSums
		err := errors.Join(
			read(ctx, c, s, visitSumsLayout, "conversion_cells", &cells),
			read(ctx, c, s, visitSumsLayout, pool, &pooled),
		)
		if err != nil {
			return nil, err
		}
		answer.Cells, answer.Pooled = append(answer.Cells, cells...), append(answer.Pooled, pooled...)
	}
	return answer, nil
}
