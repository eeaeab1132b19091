package sales

import (
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// Fold adds up orders and audience by day.
type Fold struct {
	Payments []PaymentRow
	Refunds  []RefundRow
	Days     []MerchantDay

	first sevenday.Day   // the day of days[0]
	days  []*MerchantDay // dense, because a map of days costs more than all the rest
}

// NewFold returns an empty fold.
func NewFold() *Fold { return new(Fold) }

// Reads is what cutting the first day's visits takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - metrics.VisitReach }

// Person adds one person's orders, visits and registration. Of Nobody, orders
// and entries count, and nobody is counted.
func (f *Fold) Person(t *metrics.Timeline) {
	f.orders(t)
	f.entries(t)
	if t.Person != sevenday.Nobody {
		f.audience(t)
	}
}

// orders adds up a person's orders. A buyer is new on the first paying day.
func (f *Fold) orders(t *metrics.Timeline) {
	if len(t.Orders) == 0 {
		return
	}
	newOn, isNew := firstBuyingDay(t)
	lastBuyingDay := sevenday.Day(-1 << 31)
	for i := range t.Orders {
		order := &t.Orders[i]
		day := t.Merchant.Calendar.Day(order.PaidAt)
		f.keep(t, order, day)
		sums := f.day(day)
		fresh := isNew && day == newOn
		sums.addOrder(order, t, fresh)
		if t.Person != sevenday.Nobody && day != lastBuyingDay {
			sums.Buyers++
			sums.NewBuyers += one(fresh)
			lastBuyingDay = day
		}
	}
}

// keep writes the order, and its refunds, down.
func (f *Fold) keep(t *metrics.Timeline, o *metrics.Order, day sevenday.Day) {
	key := t.Merchant.Row(day)
	f.Payments = append(f.Payments, PaymentRow{
		Key: key, Person: t.Person, TransactionID: o.TransactionID,
		Day: day, PaidAt: o.PaidAt, DecidedAt: o.DecidedAt, Currency: o.Currency,
		Amount: o.Amount, Refunded: o.Refunded, Excess: o.Excess, Net: o.Net(),
		Discount: o.Discount, StoredValue: o.StoredValue, MerchantFee: o.MerchantFee,
		Method: o.Method, Installments: o.Installments, Lever: o.Lever, StoreID: o.StoreID,
	})
	for _, refund := range o.Refunds {
		f.Refunds = append(f.Refunds, RefundRow{
			Key: key, Person: t.Person, TransactionID: o.TransactionID, Day: day,
			RefundedDay: t.Merchant.Calendar.Day(refund.Time), RefundedAt: refund.Time,
			Currency: o.Currency, Amount: refund.Amount, Method: o.Method, Lever: o.Lever, StoreID: o.StoreID,
		})
	}
}

// firstBuyingDay returns the day of a new buyer's first payment. It is false for
// Nobody, and for who is no new buyer in the days that are read: who paid before
// them, or registered on a day before anything else was seen of the person,
// which tells of a regular.
func firstBuyingDay(t *metrics.Timeline) (sevenday.Day, bool) {
	if t.Person == sevenday.Nobody || t.Known.FirstPaying != 0 {
		return 0, false
	}
	first := t.Merchant.Calendar.Day(t.Orders[0].PaidAt)
	seen := first
	if visited, ok := firstVisit(t); ok {
		seen = min(seen, visited)
	}
	register, registered := firstRegister(t)
	return first, !registered || register >= seen
}

// addOrder adds an order of the timeline's person; fresh tells that it was made
// on a new buyer's first paying day.
func (d *MerchantDay) addOrder(o *metrics.Order, t *metrics.Timeline, fresh bool) {
	d.Orders++
	if o.Currency != t.Merchant.Currency {
		d.ForeignOrders++
		return
	}
	d.Gross += o.Amount
	d.Refunds += o.Refunded
	d.Fees += o.MerchantFee
	d.StoredValue += o.StoredValue
	d.Discount += o.Discount
	d.Excess += o.Excess
	d.ExcessOrders += one(o.Excess > 0)
	switch {
	case t.Person == sevenday.Nobody:
		d.NobodyNet += o.Net()
	case fresh:
		d.NewNet += o.Net()
	}
	if o.Method == sevenday.MethodInstallments {
		d.Installments += o.Amount
	}
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// day returns a day's sums.
func (f *Fold) day(day sevenday.Day) *MerchantDay {
	if len(f.days) == 0 {
		f.first = day
	}
	if day < f.first {
		f.days = slices.Insert(f.days, 0, make([]*MerchantDay, f.first-day)...)
		f.first = day
	}
	at := int(day - f.first)
	if at >= len(f.days) {
		f.days = append(f.days, make([]*MerchantDay, at+1-len(f.days))...)
	}
	if f.days[at] == nil {
		f.days[at] = &MerchantDay{Day: day}
	}
	return f.days[at]
}

// Merchant turns the days into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for _, sums := range f.days {
		if sums != nil { // nil: a day without an event
			sums.Key = m.Row(sums.Day)
			f.Days = append(f.Days, *sums)
		}
	}
	clear(f.days)
	f.days = f.days[:0]
}
