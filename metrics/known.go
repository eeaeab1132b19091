package metrics

import "sevenday"

// Known is what a run need not read again of a person at a merchant: what lay
// before the days that it makes anew. Days that do not exist are 0. All fields
// are zero where the whole history is in the timeline.
type Known struct {
	FirstVisit     sevenday.Day
	LastVisit      sevenday.Day // 0 too where a later day, which is read again, was the last
	FirstPaying    sevenday.Day
	LastPaying     sevenday.Day // as LastVisit
	Register       sevenday.Day // day of the first register
	Portal         sevenday.Portal
	Terminal       sevenday.Terminal
	StoreID        string
	CampaignID     string
	FirstVisitPaid bool // an order belongs to the first visit

	// The weeks and months before that of Merchant.From, ascending, in which the
	// person was active by a visit or by a payment. At least the last 32 are
	// there.
	VisitWeeks, VisitMonths, PayingWeeks, PayingMonths []ActivePeriod
}

// ActivePeriod is a week or a month in which a person was active.
type ActivePeriod struct {
	Index  int32           // Period.Index of its days
	Portal sevenday.Portal // of the first visit entry on its first active day, PortalNone without one
}
