package conversion

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Window is how long after a visit's start a payment still belongs to it, where
// a question names no other; a payment at exactly the end does.
const Window = metrics.ConversionWindow

// WindowDays is how many days after the visit's own the window reaches, but for
// changes of clocks.
const WindowDays sevenday.Day = 1

// VisitRow is one visit with what it led to: a row of table visits_by_run.
type VisitRow struct {
	metrics.Key
	Person     sevenday.Person   `ch:"person"`
	Day        sevenday.Day      `ch:"day"`
	Start      sevenday.Millis   `ch:"start"`
	Portal     sevenday.Portal   `ch:"portal"`
	Terminal   sevenday.Terminal `ch:"terminal"`
	StoreID    string            `ch:"store_id"`
	CampaignID string            `ch:"campaign_id"`
	Orders     uint16            `ch:"orders"`
	Gross      sevenday.Money    `ch:"gross"` // in the merchant's currency
	Net        sevenday.Money    `ch:"net"`
	Converted  bool              `ch:"converted"`
	Kept       bool              `ch:"kept"` // converted by an order that counts in net rates

	FirstOfDay    bool `ch:"first_of_day"`   // the person's first visit of the day
	UserConverted bool `ch:"user_converted"` // of a first visit: the person paid within its window, whichever visit has the payment
	UserKept      bool `ch:"user_kept"`      // the same by orders that count in net rates
}

// RefundedRow is an order that was wholly refunded: a row of table
// refunded_orders_by_run.
type RefundedRow struct {
	metrics.Key
	Person        sevenday.Person `ch:"person"`
	TransactionID string          `ch:"transaction_id"`
	PaidAt        sevenday.Millis `ch:"paid_at"`
	RefundedAt    sevenday.Millis `ch:"refunded_at"` // when the refunds reached the amount
}

// Fold gives each payment to the latest visit that starts at or before it
// within the window, and counts.
type Fold struct {
	Visits   []VisitRow
	Sums     []Sums
	Refunded []RefundedRow

	days map[sevenday.Day]*daySums
	user [sevenday.Portals + 1]counts // of the person and day at hand

	// Of the person at hand, aligned with its visits or with its orders by
	// decision; used again for the next.
	orders            []*metrics.Order
	starts, decisions []sevenday.Millis
	stretches         []stretch
}

// NewFold returns an empty fold.
func NewFold() *Fold { return &Fold{days: make(map[sevenday.Day]*daySums)} }

// Reads is the first visit that can change, and what cutting it takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day {
	return from - metrics.ConversionReach - metrics.VisitReach
}

// Person credits one person's payments to the visits they followed.
func (f *Fold) Person(t *metrics.Timeline) {
	if t.Person == sevenday.Nobody {
		return
	}
	f.refunded(t)
	if len(t.Visits) == 0 {
		return
	}
	first := len(f.Visits)
	f.Visits = slices.Grow(f.Visits, len(t.Visits))[:first+len(t.Visits)]
	visits := f.Visits[first:]
	f.link(t)
	for i := range visits {
		f.makeVisit(&visits[i], t, i)
	}
	f.count(visits)
}

// refunded keeps which orders were wholly refunded, and when.
func (f *Fold) refunded(t *metrics.Timeline) {
	for i := range t.Orders {
		if o := &t.Orders[i]; o.Amount > 0 && o.RefundedAt != 0 {
			f.Refunded = append(f.Refunded, RefundedRow{
				Key: t.Merchant.Row(t.Merchant.Calendar.Day(o.PaidAt)), Person: t.Person,
				TransactionID: o.TransactionID, PaidAt: o.PaidAt, RefundedAt: o.RefundedAt,
			})
		}
	}
}

// link finds the orders that each visit is about.
func (f *Fold) link(t *metrics.Timeline) {
	f.orders, f.starts, f.decisions = f.orders[:0], f.starts[:0], f.decisions[:0]
	for i := range t.Orders {
		f.orders = append(f.orders, &t.Orders[i])
	}
	byDecision(f.orders)
	for _, order := range f.orders {
		f.decisions = append(f.decisions, order.DecidedAt)
	}
	for i := range t.Visits {
		f.starts = append(f.starts, t.Visits[i].Start)
	}
	f.stretches = stretches(f.stretches[:0], f.starts, f.decisions, Window)
}

// makeVisit writes the i-th visit with what it led to into row, over whatever
// stood there. Orders in other currencies convert, but their money is in no sum.
func (f *Fold) makeVisit(row *VisitRow, t *metrics.Timeline, i int) {
	v, s := &t.Visits[i], &f.stretches[i]
	*row = VisitRow{
		Key: t.Merchant.Row(v.Day + metrics.ConversionReach), Person: t.Person, Day: v.Day, Start: v.Start,
		Portal: v.Portal, Terminal: v.Terminal, StoreID: v.StoreID, CampaignID: v.CampaignID,
		Orders: uint16(s.own - s.from), Converted: s.own > s.from,
		FirstOfDay: i == 0 || t.Visits[i-1].Day != v.Day,
	}
	for _, order := range f.orders[s.from:s.own] {
		row.Kept = row.Kept || Kept(order)
		if order.Currency == t.Merchant.Currency {
			row.Gross += order.Amount
			row.Net += order.Net()
		}
	}
	if row.FirstOfDay {
		row.UserConverted = s.until > s.from
		row.UserKept = slices.ContainsFunc(f.orders[s.from:s.until], Kept)
	}
}

// Merchant turns the days' sums into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for day, sums := range f.days {
		for slot := range sums {
			if row := sums[slot]; row.Visits > 0 {
				row.Key, row.Day = m.Row(day+metrics.ConversionReach), day
				if slot > 0 {
					row.ByPortal, row.Portal = true, sevenday.Portal(slot-1)
				}
				f.Sums = append(f.Sums, row)
			}
		}
	}
	clear(f.days)
}
