package queries

import (
	"context"
	"errors"

	"sevenday/internal/warehouse"
	"sevenday/metrics/coupon"
)

var (
	couponSumsLayout       = warehouse.LayoutOf[coupon.GroupSums]()
	couponSalesLayout      = warehouse.LayoutOf[coupon.GroupSales]()
	couponCurveLayout      = warehouse.LayoutOf[coupon.CurveSums]()
	couponTransitionLayout = warehouse.LayoutOf[coupon.TransitionSums]()
	giftSumsLayout         = warehouse.LayoutOf[coupon.GiftSums]()
	giftCohortLayout       = warehouse.LayoutOf[coupon.GiftCohortSums]()
)

// Coupons answers a question about coupons by placement, campaign or kind; see
// coupon.Answer for the rows. A breakdown that is none is an Invalid error, the
// others are those of Conversion.
func (c *Catalog) Coupons(ctx context.Context, q coupon.Query) ([]coupon.Row, error) {
	q = q.WithDefaults()
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.Row, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["by"], s.parameters["currency"] = string(q.By), q.Currency
		s.parameters["repurchase_days"] = uint16(coupon.RepurchaseDays)
		if q.Currency != "" {
			s.groups = s.groups.In(q.Currency)
		}
		answer := coupon.Answer{Query: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, couponSumsLayout, "coupon_cells", &answer.Cells),
			read(ctx, c, s, couponSalesLayout, "coupon_sales", &answer.Sales),
		)
		return answer.Rows(), err
	})
}

// CouponCurve answers how long after their claim coupons are redeemed; see
// coupon.CurveAnswer for the rows. Errors are those of Coupons.
func (c *Catalog) CouponCurve(ctx context.Context, q coupon.CurveQuery) ([]coupon.CurveRow, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.CurveRow, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["by"] = string(q.By)
		answer := coupon.CurveAnswer{CurveQuery: q, Groups: s.groups}
		err = read(ctx, c, s, couponCurveLayout, "coupon_curve", &answer.Cells)
		return answer.Rows(), err
	})
}

// CouponTransitions answers which steps coupons took, those that cannot be
// among them; see coupon.TransitionAnswer for the rows. Errors are those of
// Conversion.
func (c *Catalog) CouponTransitions(ctx context.Context, q coupon.TransitionQuery) ([]coupon.TransitionRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.TransitionRow, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		answer := coupon.TransitionAnswer{TransitionQuery: q, Groups: s.groups}
		err = read(ctx, c, s, couponTransitionLayout, "coupon_transitions", &answer.Cells)
		return answer.Rows(), err
	})
}

// Gifts answers who received coupons as gifts; see coupon.GiftAnswer for the
// rows. Errors are those of Conversion.
func (c *Catalog) Gifts(ctx context.Context, q coupon.GiftQuery) ([]coupon.GiftRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.GiftRow, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["come_days"] = uint16(coupon.GiftComeDays)
		answer := coupon.GiftAnswer{GiftQuery: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, giftSumsLayout, "coupon_gifts", &answer.Cells),
			read(ctx, c, s, giftSumsLayout, "coupon_gifts_pool", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}

// GiftCohorts answers what became of the new users whom a gift brought, beside
// the other new users; see coupon.GiftCohortAnswer for the rows. Errors are those
// of Conversion.
func (c *Catalog) GiftCohorts(ctx context.Context, q coupon.GiftQuery) ([]coupon.GiftCohortRow, error) {
	return rowsOf(ctx, c, func(f Freshness) ([]coupon.GiftCohortRow, error) {
		s, err := c.scoped(ctx, f, q.Scope, q.Range)
		if err != nil {
			return nil, err
		}
		s.parameters["gift_days"] = uint16(coupon.GiftDays)
		answer := coupon.GiftCohortAnswer{GiftQuery: q, Groups: s.groups}
		err = errors.Join(
			read(ctx, c, s, giftCohortLayout, "coupon_gift_cohorts", &answer.Cells),
			read(ctx, c, s, giftCohortLayout, "coupon_gift_cohorts_pool", &answer.Pooled),
		)
		return answer.Rows(), err
	})
}
