package sales

import (
	"sevenday"
	"sevenday/metrics"
)

// PaymentRow is one order with its refunds folded in: a row of table payments_by_run.
type PaymentRow struct {
	metrics.Key
	Person        sevenday.Person `ch:"person"`
	TransactionID string          `ch:"transaction_id"`
	Day           sevenday.Day    `ch:"day"` // of the earliest payment
	PaidAt        sevenday.Millis `ch:"paid_at"`
	DecidedAt     sevenday.Millis `ch:"decided_at"`
	Currency      string          `ch:"currency,low"`
	Amount        sevenday.Money  `ch:"amount"`
	Refunded      sevenday.Money  `ch:"refunded"`
	Excess        sevenday.Money  `ch:"excess_refund"`
	Net           sevenday.Money  `ch:"net"`
	Discount      sevenday.Money  `ch:"discount"`
	StoredValue   sevenday.Money  `ch:"stored_value"`
	MerchantFee   sevenday.Money  `ch:"merchant_fee"`
	Method        sevenday.Method `ch:"method"`
	Installments  uint8           `ch:"installments"`
	Lever         sevenday.Lever  `ch:"lever"`
	StoreID       string          `ch:"store_id"`
}

// MerchantDay is a merchant's sales and audience of one day: a row of table
// merchant_days_by_run. Money is in the merchant's currency; orders in others
// are counted, and their number is kept.
type MerchantDay struct {
	metrics.Key
	Day           sevenday.Day   `ch:"day"`
	Orders        uint64         `ch:"orders"`
	ForeignOrders uint64         `ch:"foreign_orders"` // in another currency than the merchant's
	Buyers        uint64         `ch:"buyers"`
	Gross         sevenday.Money `ch:"gross"`
	Refunds       sevenday.Money `ch:"refunds"`
	Fees          sevenday.Money `ch:"fees"` // what the merchant paid for installment plans
	StoredValue   sevenday.Money `ch:"stored_value"`
	Discount      sevenday.Money `ch:"discount"`
	Installments  sevenday.Money `ch:"installments"` // gross paid by installments
	Entries       uint64         `ch:"entries"`      // visit entries, with and without a person
	Visits        uint64         `ch:"visits"`
	Visitors      uint64         `ch:"visitors"`
	NewVisitors   uint64         `ch:"new_visitors"`
	Registered    uint64         `ch:"registered"` // users whose first register it is
}

// Fold adds up orders and audience by day.
type Fold struct {
	Payments []PaymentRow
	Days     []MerchantDay

	days map[sevenday.Day]*MerchantDay
}

// Reads is what cutting the first day's visits takes.
func (f *Fold) Reads(from sevenday.Day) sevenday.Day { return from - metrics.VisitReach }

// NewFold returns an empty fold.
func NewFold() *Fold { return &Fold{days: make(map[sevenday.Day]*MerchantDay)} }

// Person adds one person's orders, visits and registration. Of Nobody, orders
// and entries count, and nobody is counted.
func (f *Fold) Person(t *metrics.Timeline) {
	f.orders(t)
	f.entries(t)
	if t.Person != sevenday.Nobody {
		f.audience(t)
	}
}

func (f *Fold) orders(t *metrics.Timeline) {
	lastBuyingDay := sevenday.Day(-1 << 31)
	for i := range t.Orders {
		order := &t.Orders[i]
		day := t.Merchant.Calendar.Day(order.PaidAt)
		f.Payments = append(f.Payments, paymentRow(t, order, day))
		sums := f.day(day)
		sums.addOrder(order, t.Merchant.Currency)
		if t.Person != sevenday.Nobody && day != lastBuyingDay {
			sums.Buyers++
			lastBuyingDay = day
		}
	}
}

func paymentRow(t *metrics.Timeline, o *metrics.Order, day sevenday.Day) PaymentRow {
	return PaymentRow{
		Key: t.Merchant.Row(day), Person: t.Person, TransactionID: o.TransactionID,
		Day: day, PaidAt: o.PaidAt, DecidedAt: o.DecidedAt, Currency: o.Currency,
		Amount: o.Amount, Refunded: o.Refunded, Excess: o.Excess, Net: o.Net(),
		Discount: o.Discount, StoredValue: o.StoredValue, MerchantFee: o.MerchantFee,
		Method: o.Method, Installments: o.Installments, Lever: o.Lever, StoreID: o.StoreID,
	}
}

func (d *MerchantDay) addOrder(o *metrics.Order, currency string) {
	d.Orders++
	if o.Currency != currency {
		d.ForeignOrders++
		return
	}
	d.Gross += o.Amount
	d.Refunds += o.Refunded
	d.Fees += o.MerchantFee
	d.StoredValue += o.StoredValue
	d.Discount += o.Discount
	if o.Method == sevenday.MethodInstallments {
		d.Installments += o.Amount
	}
}

// entries counts visit entries with and without a person.
func (f *Fold) entries(t *metrics.Timeline) {
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionVisit {
			f.day(t.Merchant.Calendar.Day(t.Entries[i].Time)).Entries++
		}
	}
}

// audience counts visits, visitors and registration. Visitors are counted by
// entries, as active days are. The first active day makes a new visitor, unless
// the person had registered on a day before.
func (f *Fold) audience(t *metrics.Timeline) {
	for i := range t.Visits {
		f.day(t.Visits[i].Day).Visits++
	}
	register, registered := firstRegister(t)
	if registered {
		f.day(register).Registered++
	}
	last, seen := t.Known.FirstVisit, t.Known.FirstVisit != 0
	for i := range t.Entries {
		day := t.Merchant.Calendar.Day(t.Entries[i].Time)
		if t.Entries[i].Action != sevenday.ActionVisit || (seen && day == last) {
			continue
		}
		f.day(day).Visitors++
		if !seen && (!registered || register >= day) {
			f.day(day).NewVisitors++
		}
		last, seen = day, true
	}
}

func firstRegister(t *metrics.Timeline) (sevenday.Day, bool) {
	if t.Known.Register != 0 {
		return t.Known.Register, true
	}
	for i := range t.Entries {
		if t.Entries[i].Action == sevenday.ActionRegister {
			return t.Merchant.Calendar.Day(t.Entries[i].Time), true
		}
	}
	return 0, false
}

func (f *Fold) day(day sevenday.Day) *MerchantDay {
	sums := f.days[day]
	if sums == nil {
		sums = new(MerchantDay)
		f.days[day] = sums
	}
	return sums
}

// Merchant turns the days into rows.
func (f *Fold) Merchant(m *metrics.Merchant) {
	for day, sums := range f.days {
		sums.Key, sums.Day = m.Row(day), day
		f.Days = append(f.Days, *sums)
	}
	clear(f.days)
}
