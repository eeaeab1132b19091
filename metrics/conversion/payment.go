package conversion

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// RefundHorizon is how long after an order was paid its refunds are waited for:
// an order that was wholly refunded by then, the end included, counts in no net
// rate. A later refund changes net amounts and no rate.
const RefundHorizon sevenday.Millis = 7 * 24 * 60 * 60 * 1000

// Kept tells whether an order counts in net rates. An order of 0 always does:
// there is nothing to give back.
func Kept(o *metrics.Order) bool {
	refunded := o.Amount > 0 && o.RefundedAt != 0
	return !refunded || o.RefundedAt-o.PaidAt > RefundHorizon
}

// byDecision puts orders in the order in which they were decided. Equal times
// are ordered by when they were paid, then by id, so that "the first order of a
// visit" always means the same one.
func byDecision(orders []*metrics.Order) {
	compare := func(a, b *metrics.Order) int {
		return cmp.Or(
			cmp.Compare(a.DecidedAt, b.DecidedAt),
			cmp.Compare(a.PaidAt, b.PaidAt),
			cmp.Compare(a.TransactionID, b.TransactionID),
		)
	}
	if !slices.IsSortedFunc(orders, compare) {
		slices.SortFunc(orders, compare)
	}
}
