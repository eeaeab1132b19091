package coupon

import (
	"testing"

	"sevenday"
	"sevenday/metrics"
)

func paid(at sevenday.Millis, coupon uint64) metrics.Order {
	return metrics.Order{PaidAt: start + at, DecidedAt: start + at, Currency: "CNY", Amount: 1000, Discount: 200, Coupon: coupon}
}

func refund(o metrics.Order) metrics.Order {
	o.Refunded, o.RefundedAt = o.Amount, o.PaidAt+1
	return o
}

// salesOf adds up what came of one coupon, claimed at the start and redeemed a
// day later, and of some orders.
func salesOf(t *testing.T, more []metrics.Coupon, orders ...metrics.Order) salesSums {
	t.Helper()
	f := fold(merchant(t), &metrics.Timeline{Person: 1, Coupons: append(steps(claimed, redeemed), more...), Orders: orders})
	var all salesSums
	for _, row := range f.Sales {
		all.Redemptions += row.Redemptions
		all.Kept += row.Kept
		all.Repurchased += row.Repurchased
		all.Orders += row.Orders
		all.Cost += row.Cost
		all.Net += row.Net
	}
	return all
}

func TestARepurchaseIsAnotherOrderWithinThirtyDaysThatWasNotRefunded(t *testing.T) {
	back := func(at sevenday.Millis) []metrics.Coupon {
		return []metrics.Coupon{{Time: start + at, Coupon: 7, Stage: returned}}
	}
	own := paid(day, 7)
	late := paid(20*day, 7)
	late.DecidedAt = start + day
	for _, test := range []struct {
		name              string
		more              []metrics.Coupon
		orders            []metrics.Order
		kept, repurchased uint64
	}{
		{"nothing else", nil, []metrics.Order{own}, 1, 0},
		{"at 30 days", nil, []metrics.Order{own, paid(31*day, 0)}, 1, 1},
		{"a millisecond later", nil, []metrics.Order{own, paid(31*day+1, 0)}, 1, 0},
		{"at the redemption's own instant", nil, []metrics.Order{paid(day, 0)}, 1, 0},
		{"before", nil, []metrics.Order{paid(hour, 0), own}, 1, 0},
		{"its own order, paid late", nil, []metrics.Order{late}, 1, 0},
		{"refunded", nil, []metrics.Order{own, refund(paid(5*day, 0))}, 1, 0},
		{"refunded, and another", nil, []metrics.Order{own, refund(paid(5*day, 0)), paid(6*day, 0)}, 1, 1},
		{"the redemption was refunded", nil, []metrics.Order{refund(own), paid(5*day, 0)}, 0, 0},
		{"one of the coupon's two orders was refunded", nil, []metrics.Order{refund(own), paid(day+hour, 7), paid(5*day, 0)}, 1, 1},
		{"the coupon came back at 30 days", back(31 * day), []metrics.Order{own, paid(5*day, 0)}, 0, 0},
		{"the coupon came back later", back(31*day + 1), []metrics.Order{own, paid(5*day, 0)}, 1, 1},
	} {
		got := salesOf(t, test.more, test.orders...)
		if got.Redemptions != 1 || got.Kept != test.kept || got.Repurchased != test.repurchased {
			t.Errorf("%s: %+v, want %d kept, %d repurchased", test.name, got, test.kept, test.repurchased)
		}
	}
}

func TestCostIsTheDiscountOfTheOrdersThatNameACoupon(t *testing.T) {
	partly := paid(day, 7)
	partly.Refunded = 300
	foreign := paid(2*day, 7)
	foreign.Currency = "EUR"
	got := salesOf(t, nil, partly, foreign, paid(3*day, 0))
	if got.Orders != 2 || got.Cost != 200 || got.Net != 700 {
		t.Errorf("%+v, want 2 orders, cost 2.00, net 7.00", got)
	}
}

func TestAnOrderBelongsToItsCouponsCellWhereARecordIsNear(t *testing.T) {
	m := merchant(t)
	first := m.Calendar.Day(start)
	for _, test := range []struct {
		name  string
		order metrics.Order
		want  sevenday.Day
		known bool
	}{
		{"a day after the redemption", paid(2*day, 7), first, true},
		{"much later", paid(9*day, 7), first + 9, false},
		{"of a coupon without records", paid(day, 8), first + 1, false},
	} {
		rows := fold(m, &metrics.Timeline{Person: 1, Coupons: steps(claimed, redeemed), Orders: []metrics.Order{test.order}}).Sales
		for _, row := range rows {
			if row.Orders == 1 && (row.FirstDay != test.want || row.CampaignID == "spring" != test.known) {
				t.Errorf("%s: %+v", test.name, row)
			}
		}
	}
	rows := fold(m, &metrics.Timeline{Person: sevenday.Nobody, Orders: []metrics.Order{paid(day, 7)}}).Sales
	if len(rows) != 1 || rows[0].Orders != 1 || rows[0].Key != m.Row(first+1+salesReach) {
		t.Errorf("without a person: %+v", rows)
	}
}
