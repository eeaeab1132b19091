package coupon

import (
	"sort"

	"sevenday"
	"sevenday/metrics"
)

const (
	day sevenday.Millis = 24 * 60 * 60 * 1000
	// repurchaseIn is how long after a redemption another order is a repurchase;
	// one at exactly the end is.
	repurchaseIn = 30 * day
	// settleIn is how long after the decision an order may be paid.
	settleIn = 30 * day
	// near is how far a coupon's record may lie from the decision and the payment
	// of the order that it belongs to.
	near = day
)

// salesReach is how many days after a redemption, or after an order's decision,
// a row can still change: the payment may come 30 days later, and a record of the
// coupon a day after that. A change of clocks can push the end a day further.
const salesReach sevenday.Day = 32

// nearReach is how many days before an order a record near it can lie.
const nearReach sevenday.Day = 2

// RepurchaseDays is how many days after its own a redemption can still be
// followed by a repurchase.
const RepurchaseDays = sevenday.Day(repurchaseIn / day)

// Sales is what came of the redemptions of a day, and of the orders decided on it
// that name a coupon: a row of table coupon_sales.
type Sales struct {
	metrics.Key
	Day        sevenday.Day        `ch:"day"`
	FirstDay   sevenday.Day        `ch:"first_day"` // of the coupons; day where no record of the coupon is near the order
	Placement  sevenday.Placement  `ch:"placement"` // this and the following: absent where no record is near
	CampaignID string              `ch:"campaign_id"`
	Kind       sevenday.CouponKind `ch:"kind"`
	salesSums
}

// salesKey is the day and the cell, of which ExpiryDay is left out.
type salesKey sumsKey

type salesSums struct {
	Redemptions uint64         `ch:"redemptions"`
	Kept        uint64         `ch:"kept"`        // redemptions that were not refunded within 30 days
	Repurchased uint64         `ch:"repurchased"` // kept ones that another order followed within 30 days
	Orders      uint64         `ch:"orders"`      // that name a coupon
	Cost        sevenday.Money `ch:"cost"`        // their discounts, in the merchant's currency
	Net         sevenday.Money `ch:"net"`         // what they brought, less their refunds
}

// redeem counts a redemption, whose record is the first of the coupon's
// remaining ones.
func (f *Fold) redeem(t *metrics.Timeline, l *life, rest []metrics.Coupon) {
	c := &rest[0]
	key := salesKey{day: l.stateDay, cell: l.cell}
	key.ExpiryDay = 0
	sums := f.sales.at(key)
	sums.Redemptions++
	orders := around(t.Orders, c.Time)
	if returnedIn(rest) || refunded(orders, c) {
		return
	}
	sums.Kept++
	sums.Repurchased += uint64(one(repurchased(orders, c)))
}

// around returns the orders that a redemption's fate can depend on: paid from
// shortly before it until a late payment of its own. Orders are by their payment.
func around(orders []metrics.Order, redeemed sevenday.Millis) []metrics.Order {
	from := sort.Search(len(orders), func(i int) bool { return orders[i].PaidAt >= redeemed-near })
	to := sort.Search(len(orders), func(i int) bool { return orders[i].PaidAt > redeemed+settleIn+near })
	return orders[from:to]
}

// returnedIn tells whether the coupon was given back within 30 days.
func returnedIn(rest []metrics.Coupon) bool {
	for i := range rest {
		if rest[i].Time-rest[0].Time > repurchaseIn {
			return false
		}
		if rest[i].Stage == sevenday.StageReturned {
			return true
		}
	}
	return false
}

// refunded tells whether the coupon's own orders are there and all of them were
// wholly refunded.
func refunded(orders []metrics.Order, c *metrics.Coupon) bool {
	found := false
	for i := range orders {
		if o := &orders[i]; o.Coupon == c.Coupon && nearOrder(o, c.Time) {
			if o.RefundedAt == 0 {
				return false
			}
			found = true
		}
	}
	return found
}

// repurchased tells whether another order was paid within 30 days, and not
// wholly refunded since.
func repurchased(orders []metrics.Order, c *metrics.Coupon) bool {
	for i := range orders {
		o := &orders[i]
		if after := o.PaidAt - c.Time; after > 0 && after <= repurchaseIn && o.Coupon != c.Coupon && o.RefundedAt == 0 {
			return true
		}
	}
	return false
}

// nearOrder tells whether an instant lies between the decision and the payment of
// an order, give or take a day.
func nearOrder(o *metrics.Order, instant sevenday.Millis) bool {
	return instant >= o.DecidedAt-near && instant <= o.PaidAt+near
}

// readOrders counts what the orders that name a coupon cost and brought.
func (f *Fold) readOrders(t *metrics.Timeline) {
	for i := range t.Orders {
		o := &t.Orders[i]
		if o.Coupon == 0 {
			continue
		}
		sums := f.sales.at(f.salesKeyOf(t.Merchant.Calendar, o))
		sums.Orders++
		if o.Currency == t.Merchant.Currency {
			sums.Cost += o.Discount
			sums.Net += o.Net()
		}
	}
}

// salesKeyOf finds the cell of the coupon that an order names. Without a record
// of the coupon near the order nobody knows it: who looked further would have to
// look for ever.
func (f *Fold) salesKeyOf(calendar *sevenday.Calendar, o *metrics.Order) salesKey {
	decided := calendar.Day(min(o.DecidedAt, o.PaidAt))
	key := salesKey{day: decided, cell: cell{FirstDay: decided}}
	from := sort.Search(len(f.steps), func(i int) bool { return f.steps[i].Coupon >= o.Coupon })
	known, claimed := false, false
	for i := from; i < len(f.steps) && f.steps[i].Coupon == o.Coupon && f.steps[i].Time <= o.PaidAt+near; i++ {
		c := &f.steps[i]
		known = known || nearOrder(o, c.Time)
		if i == from {
			key.cell = cell{calendar.Day(c.Time), c.Placement, c.CampaignID, c.Kind, 0}
		}
		if c.Stage == sevenday.StageClaimed && !claimed {
			claimed, key.Placement = true, c.Placement
		}
	}
	if !known {
		key.cell = cell{FirstDay: decided}
	}
	return key
}
