package queries

import (
	"cmp"
	"slices"
	"testing"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/sales"
)

func compareSales(t *testing.T, c *Catalog, w *world) {
	for _, scope := range scopes {
		for _, days := range ranges() {
			q := sales.Query{Scope: scope, Range: days}
			got, err := c.Sales(t.Context(), q)
			compare(t, q, w.naiveSales(q), got, err)
		}
	}
}

// shop is what a naive reading of one merchant's day gathers.
type shop struct {
	row       sales.Row
	ownOrders int64
	merchants map[string]bool
}

// salesBooks gathers a day's figures for each currency, and under day 0 those of
// the closed days.
type salesBooks struct {
	w     *world
	q     sales.Query
	shops map[salesKey]*shop

	members []registration
}

// registration is a user's first register.
type registration struct {
	merchant *metrics.Merchant
	day      sevenday.Day
}

// total counts the members of a day or, for day 0, those of the range's closed days.
func (b *salesBooks) total(k salesKey) int64 {
	n := int64(0)
	for _, one := range b.members {
		m := one.merchant
		in := one.day <= k.day && b.w.stateOf(m, one.day, one.day) != metrics.NotDue
		if k.day == 0 {
			in = b.w.stateOf(m, one.day, one.day) == metrics.Final && (b.q.To == 0 || one.day < b.q.To)
		}
		n += int64(b2i(in && m.Currency == k.currency))
	}
	return n
}

type salesKey struct {
	day      sevenday.Day
	currency string
}

// note lets change read and write the row of a merchant's day, and the row of the range.
func (b *salesBooks) note(m *metrics.Merchant, day sevenday.Day, change func(*shop)) {
	if !b.w.within(m, b.q.Range, day) {
		return
	}
	keys := []salesKey{{day, m.Currency}}
	if b.w.stateOf(m, day, day) == metrics.Final {
		keys = append(keys, salesKey{0, m.Currency})
	}
	for _, k := range keys {
		if b.shops[k] == nil {
			b.shops[k] = &shop{merchants: map[string]bool{}}
		}
		b.shops[k].merchants[m.MerchantID] = true
		change(b.shops[k])
	}
}

func (w *world) naiveSales(q sales.Query) []sales.Row {
	b := &salesBooks{w: w, q: q, shops: map[salesKey]*shop{}}
	for _, line := range w.linesIn(q.Scope) {
		b.readOrders(line)
		b.readAudience(line)
	}
	for _, currency := range w.currencies(q.Scope) {
		if b.shops[salesKey{0, currency}] == nil {
			b.shops[salesKey{0, currency}] = &shop{}
		}
	}
	var rows []sales.Row
	for k, s := range b.shops {
		rows = append(rows, b.row(k, s))
	}
	slices.SortFunc(rows, func(x, y sales.Row) int {
		return cmp.Or(compareDays(x.Day, y.Day), cmp.Compare(*x.Currency, *y.Currency))
	})
	return rows
}

// compareDays orders days, nil last.
func compareDays(a, b *sevenday.Day) int {
	switch {
	case a == nil || b == nil:
		return cmp.Compare(b2i(a == nil), b2i(b == nil))
	default:
		return cmp.Compare(*a, *b)
	}
}

func (b *salesBooks) readOrders(line *metrics.Timeline) {
	m := line.Merchant
	buyingDays := map[sevenday.Day]bool{}
	newOn, isNew := naiveNewBuyer(line)
	for _, o := range line.Orders {
		day := m.Calendar.Day(o.PaidAt)
		fresh := isNew && day == newOn
		b.note(m, day, func(s *shop) {
			s.row.Orders++
			if line.Person != sevenday.Nobody && !buyingDays[day] {
				s.row.Buyers++
				s.row.NewBuyers += int64(b2i(fresh))
			}
			if o.Currency != m.Currency {
				s.row.ForeignOrders++
				return
			}
			s.ownOrders++
			s.row.ExcessRefunds += o.Excess
			s.row.ExcessOrders += int64(b2i(o.Excess > 0))
			switch {
			case line.Person == sevenday.Nobody:
				s.row.NobodyNet += o.Net()
			case fresh:
				s.row.NewBuyersNet += o.Net()
			default:
				s.row.ReturningBuyersNet += o.Net()
			}
			s.row.Gross += o.Amount
			s.row.Refunds += o.Refunded
			s.row.Net += o.Amount - o.Refunded
			s.row.Consumption += o.Amount + o.StoredValue
			if o.Method == sevenday.MethodInstallments {
				s.row.Installments += o.Amount
			}
		})
		buyingDays[day] = true
		for _, refund := range o.Refunds {
			if o.Currency == m.Currency {
				b.note(m, m.Calendar.Day(refund.Time), func(s *shop) { s.row.RefundsByDate += refund.Amount })
			}
		}
	}
}

// naiveNewBuyer is the day of a first payment, false for who was there before.
func naiveNewBuyer(line *metrics.Timeline) (sevenday.Day, bool) {
	if line.Person == sevenday.Nobody || len(line.Orders) == 0 {
		return 0, false
	}
	m := line.Merchant
	first := m.Calendar.Day(line.Orders[0].PaidAt)
	registered, seen := sevenday.Day(1<<20), first
	for _, e := range line.Entries {
		switch day := m.Calendar.Day(e.Time); e.Action {
		case sevenday.ActionRegister:
			registered = min(registered, day)
		case sevenday.ActionVisit:
			seen = min(seen, day)
		}
	}
	return first, registered >= seen
}

func (b *salesBooks) readAudience(line *metrics.Timeline) {
	m := line.Merchant
	visitDays, registered := map[sevenday.Day]bool{}, sevenday.Day(1<<20)
	for _, e := range line.Entries {
		if e.Action == sevenday.ActionRegister {
			registered = min(registered, m.Calendar.Day(e.Time))
		}
	}
	for _, e := range line.Entries {
		day := m.Calendar.Day(e.Time)
		if e.Action != sevenday.ActionVisit {
			continue
		}
		b.note(m, day, func(s *shop) {
			if line.Person == sevenday.Nobody || visitDays[day] {
				return
			}
			s.row.Visitors++
			if len(visitDays) == 0 && registered >= day {
				s.row.NewVisitors++
			}
		})
		visitDays[day] = true
	}
	if line.Person == sevenday.Nobody {
		return
	}
	for _, v := range line.Visits {
		b.note(m, m.Calendar.Day(v.Start), func(s *shop) { s.row.Visits++ })
	}
	if registered < 1<<20 {
		b.note(m, registered, func(s *shop) { s.row.Registered++ })
		b.members = append(b.members, registration{m, registered})
	}
}

func (b *salesBooks) row(k salesKey, s *shop) sales.Row {
	row := s.row
	row.MerchantID, row.Industry, row.Day = metrics.NonZero(b.q.Merchant), metrics.NonZero(b.q.Industry), metrics.NonZero(k.day)
	row.RegisteredTotal = b.total(k)
	row.Currency, row.Merchants, row.State = &k.currency, int64(len(s.merchants)), metrics.Open
	if s.ownOrders > 0 {
		// Exact in float64: the sums are small.
		row.AverageOrder = metrics.Optional(sevenday.Money(float64(row.Net)/float64(s.ownOrders) + 0.5))
	}
	switch {
	case k.day == 0 && len(s.merchants) > 0:
		row.State = metrics.Final
	case k.day != 0:
		row.State = b.w.stateInCurrency(b.q.Scope, k)
	}
	return row
}

func (w *world) stateInCurrency(scope metrics.Scope, k salesKey) metrics.State {
	states := map[metrics.State]bool{}
	for _, m := range w.in(scope) {
		if m.Currency == k.currency {
			states[w.stateOf(m, k.day, k.day)] = true
		}
	}
	return oneState(states)
}
