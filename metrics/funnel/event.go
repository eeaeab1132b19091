package funnel

import (
	"cmp"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Event is anything a person did, as a funnel sees it. What does not belong to
// its kind is zero.
type Event struct {
	At       sevenday.Millis // of a payment: when it was decided
	Kind     Kind
	Where    uint8          // portal of visits and actions, placement of coupons, method of payments
	What     uint8          // terminal of visits and actions, kind of coupons, lever of payments
	Amount   sevenday.Money // of a payment, in its own currency, before refunds
	StoreID  string         // of visits, actions and payments
	Campaign string         // of visits, actions and coupons
	Currency string         // of payments
}

// The functions below turn what folds see into events.

// OfVisit returns the event of a visit.
func OfVisit(v *metrics.Visit) Event {
	return Event{At: v.Start, Kind: Visit, Where: uint8(v.Portal), What: uint8(v.Terminal), StoreID: v.StoreID, Campaign: v.CampaignID}
}

// OfEntry returns the event of an entry; false for the action visit, which
// stands in visits.
func OfEntry(e *metrics.Entry) (Event, bool) {
	kind, ok := KindOfAction(e.Action)
	return Event{At: e.Time, Kind: kind, Where: uint8(e.Portal), What: uint8(e.Terminal), StoreID: e.StoreID, Campaign: e.CampaignID}, ok
}

// OfCoupon returns the event of a coupon's step; false for an unknown stage.
func OfCoupon(c *metrics.Coupon) (Event, bool) {
	kind, ok := KindOfStage(c.Stage)
	return Event{At: c.Time, Kind: kind, Where: uint8(c.Placement), What: uint8(c.Kind), Campaign: c.CampaignID}, ok
}

// OfOrder returns the event of an order: a payment when it was decided.
func OfOrder(o *metrics.Order) Event {
	return Event{
		At: o.DecidedAt, Kind: Pay, Where: uint8(o.Method), What: uint8(o.Lever),
		Amount: o.Amount, StoreID: o.StoreID, Currency: o.Currency,
	}
}

// Sort puts a person's events in order of time. At one instant visits come
// before actions, those before coupons, and payments last: a visit counts as
// before a payment of the same time. What is left is ordered by content, so that
// the order never depends on where the events came from.
func Sort(events []Event) {
	for i := 1; i < len(events); i++ {
		if compare(&events[i-1], &events[i]) > 0 {
			slices.SortFunc(events, func(a, b Event) int { return compare(&a, &b) })
			return
		}
	}
}

func compare(a, b *Event) int {
	if a.At != b.At {
		return cmp.Compare(a.At, b.At)
	}
	return cmp.Or(
		cmp.Compare(a.Kind.rank(), b.Kind.rank()),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Where, b.Where),
		cmp.Compare(a.What, b.What),
		cmp.Compare(a.Amount, b.Amount),
		cmp.Compare(a.StoreID, b.StoreID),
		cmp.Compare(a.Campaign, b.Campaign),
		cmp.Compare(a.Currency, b.Currency),
	)
}

// rank is the order of kinds at one instant.
func (k Kind) rank() int {
	switch {
	case k == Visit:
		return 0
	case k == Pay:
		return 3
	case k >= Issue:
		return 2
	default:
		return 1
	}
}
